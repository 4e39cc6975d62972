package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is being erased: entities whose history is not to be shown any more, and records that are
 * being overwritten. Who reads asks it; almost always it is empty. Thread-safe.
 *
 * <p>A reader may meet a record half overwritten. Its checksum fails then, and its erased form,
 * which follows from the bytes in either state, is what the record is going to be. A reader that
 * asks too late, when the overwriting is over, reads once more.
 */
public final class EraseTable {

    private final Map<EntityKey, Hidden> hidden = new ConcurrentHashMap<>();
    private final Map<Long, EraseMark.Target> overwritten = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();

    /** Versions up to a number that were committed by a time. */
    private record Hidden(long version, long at) {

        private Hidden and(Hidden other) {
            return new Hidden(Math.max(version, other.version), Math.max(at, other.at));
        }
    }

    /** From here on the versions of an entity read as erased: up to a number, by a time. */
    public void hide(EntityKey key, long version, long at) {
        hidden.merge(key, new Hidden(version, at), Hidden::and);
        begun.incrementAndGet();
        steps.incrementAndGet();
    }

    /** The entity's records say by themselves what was erased. */
    public void done(EntityKey key) {
        // Before it is shown again: what was read while it was hidden holds what was erased.
        steps.incrementAndGet();
        hidden.remove(key);
    }

    /** Records are about to be overwritten. */
    public void overwriting(Collection<EraseMark.Target> targets) {
        targets.forEach(target -> overwritten.put(target.position(), target));
    }

    /** All of them are overwritten. */
    public void overwritten() {
        overwritten.clear();
    }

    /** Erasures that were begun so far; grows before the first record is overwritten. */
    public long begun() {
        return begun.get();
    }

    /**
     * Steps that erasures have made so far. A record that was read before a step may hold what is
     * erased since.
     */
    long steps() {
        return steps.get();
    }

    /** Whether no entity is being erased. */
    public boolean isEmpty() {
        return hidden.isEmpty();
    }

    /** Whether an entity is being erased: it takes no writes until that is done. */
    public boolean isErasing(EntityKey key) {
        return !hidden.isEmpty() && hidden.containsKey(key);
    }

    /** The version as it is to be read. */
    VersionRecord shown(VersionRecord version, TagDictionary dictionary, Checksum checksum) {
        if (version.isErased()) {
            return version;
        }
        Hidden found = hidden.get(version.key(dictionary));
        boolean isShown =
                found == null
                        || version.number() > found.version
                        || version.commitTime() > found.at;
        return isShown
                ? version
                : new VersionRecord(version.raw().with(ErasedForm.of(version.raw(), checksum)));
    }

    /**
     * The erased form of a record that is being overwritten.
     *
     * @param torn the record as it was read
     * @return null if it is not being overwritten, or is damaged besides
     */
    @Nullable RawRecord finished(RawRecord torn, Checksum checksum) {
        EraseMark.Target target = overwritten.get(torn.position());
        return target == null ? null : finished(torn, target, checksum);
    }

    /**
     * The erased form of a record that a mark names.
     *
     * @return null if the bytes lead to another form than the mark says
     */
    static @Nullable RawRecord finished(
            RawRecord torn, EraseMark.Target target, Checksum checksum) {
        if (torn.bytes().length != target.length()) {
            return null;
        }
        try {
            RawRecord erased = torn.with(ErasedForm.of(torn, checksum));
            return erased.crc() == target.crc() ? erased : null;
        } catch (CorruptDataException e) {
            return null;
        }
    }
}
