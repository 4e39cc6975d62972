package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects writes against a snapshot and hands them to the writer at the commit. */
final class EngineTransaction implements Transaction {

    /** Most versions of one transaction. */
    static final int MAX_WRITES = 10_000;

    private final OpenStore store;
    private final EngineSnapshot snapshot;
    private final Drafting drafting;

    /** Most transactions touch one entity: it begins small. */
    private final Map<EntityKey, Touched> touched = new LinkedHashMap<>(2);

    private boolean isEnded;

    EngineTransaction(OpenStore store, String principal) {
        this.store = store;
        drafting = new Drafting(store, principal);
        snapshot = store.snapshot();
    }

    /**
     * An entity that the transaction looked at.
     *
     * @param hash of its key
     * @param base the newest version in the snapshot; null if there is none
     * @param write what shall become of it; null if nothing
     * @param isRelied whether the commit is refused if it has another version by then; so it is if
     *     it is written
     */
    private record Touched(
            long hash, @Nullable Base base, @Nullable Write write, boolean isRelied) {

        private static Touched looked(long hash, @Nullable Base base) {
            return new Touched(hash, base, null, false);
        }

        private Touched relied() {
            return new Touched(hash, base, write, true);
        }

        /** What was to be written is not, because it would change nothing. */
        private Touched unchanged() {
            return new Touched(hash, base, null, true);
        }
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        requireRunning();
        Touched known = touched.get(key);
        if (known == null) {
            return snapshot.latest(key);
        }
        if (known.write() != null) {
            return Optional.of(drafting.pending(key, known.base(), known.write()));
        }
        return Optional.ofNullable(known.base()).map(Base::entity);
    }

    @Override
    public long create(EntityKey key, EntityDraft draft) {
        if (isLiving(touch(key))) {
            throw new VersionConflictException(key, "it exists already");
        }
        return save(key, draft);
    }

    @Override
    public long save(EntityKey key, EntityDraft draft) {
        return write(key, new Write.Put(draft));
    }

    @Override
    public long delete(EntityKey key) {
        Touched known = touch(key);
        if (!isLiving(known)) {
            throw known.base() == null
                    ? NotFoundException.missing(key)
                    : NotFoundException.gone(known.base().entity());
        }
        if (known.base() == null || known.base().isDeleted()) {
            touched.put(key, known.unchanged());
            return known.base() == null ? 0 : known.base().record().number();
        }
        return write(key, new Write.Delete());
    }

    @Override
    public long restore(EntityKey key) {
        Touched known = touch(key);
        if (known.base() == null && known.write() == null) {
            throw NotFoundException.missing(key);
        }
        if (isLiving(known)) {
            throw new VersionConflictException(key, "it is not deleted");
        }
        Base base = known.base();
        if (base == null) {
            throw NotFoundException.missing(key);
        }
        if (base.record().isErased()) {
            throw NotFoundException.erased(key);
        }
        if (!base.isDeleted()) {
            touched.put(key, known.unchanged());
            return base.record().number();
        }
        if (base.record().previousPosition() == 0) {
            throw NotFoundException.retired(key, base.record().number());
        }
        Base before = Base.of(store.chain().previous(base.record()), store);
        return write(key, new Write.Restore(before));
    }

    @Override
    public void expect(EntityKey key, long version) {
        Touched known = touch(key);
        Base base = known.base();
        long found = base == null ? 0 : base.record().number();
        if (found != version) {
            throw new PreconditionFailedException(key, version, found);
        }
        touched.put(key, known.relied());
    }

    @Override
    public long commit() {
        requireRunning();
        isEnded = true;
        CommitRequest request = drafting.request(touched.size(), this::eachTouched);
        if (request.drafts().isEmpty()) {
            requireUnchanged();
            return snapshot.sequence();
        }
        return store.commit(request);
    }

    @Override
    public void rollback() {
        isEnded = true;
        touched.clear();
    }

    /** Where nothing is written, the state that is visible at the commit decides. */
    private void requireUnchanged() {
        EngineSnapshot now = store.snapshot();
        touched.forEach(
                (key, known) -> {
                    if (!known.isRelied()) {
                        return;
                    }
                    VersionRecord newest = now.newestCounted(key, known.hash());
                    long number = newest == null ? 0 : newest.number();
                    boolean wasErased = known.base() != null && known.base().record().isErased();
                    boolean isErased = newest != null && newest.isErased();
                    if (number != Base.numberAfter(known.base()) - 1 || isErased != wasErased) {
                        throw new VersionConflictException(
                                key, "another transaction changed it first");
                    }
                });
    }

    private void eachTouched(Drafting.Sink sink) {
        touched.forEach(
                (key, known) -> {
                    if (known.isRelied()) {
                        sink.accept(key, known.hash(), known.base(), known.write());
                    }
                });
    }

    private long write(EntityKey key, Write write) {
        requireRunning();
        Touched known = touched.get(key);
        if (known == null) {
            known = look(key);
        } else if (known.write() == null) {
            // Changes are told in the order of writing, whatever was read before.
            touched.remove(key);
        }
        if (touched.size() >= MAX_WRITES && !touched.containsKey(key)) {
            throw new InvalidEntityException(
                    "", "a transaction has at most " + MAX_WRITES + " entities");
        }
        touched.put(key, new Touched(known.hash(), known.base(), write, true));
        return Base.numberAfter(known.base());
    }

    private Touched touch(EntityKey key) {
        requireRunning();
        Touched known = touched.get(key);
        if (known == null) {
            known = look(key);
            touched.put(key, known);
        }
        return known;
    }

    private Touched look(EntityKey key) {
        long hash = store.hashOf(key);
        try {
            VersionRecord newest = snapshot.newestCounted(key, hash);
            return Touched.looked(hash, newest == null ? null : Base.of(newest, store));
        } catch (CorruptDataException e) {
            throw new DamagedEntityException(key, e);
        }
    }

    private static boolean isLiving(Touched known) {
        if (known.write() != null) {
            return !(known.write() instanceof Write.Delete);
        }
        return known.base() != null && !known.base().isDeleted();
    }

    private void requireRunning() {
        if (isEnded) {
            throw new IllegalStateException("the transaction has ended");
        }
    }
}
