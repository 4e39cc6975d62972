package io.entitydb.storage;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.SortedTags;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.log.ContentPieces;
import io.entitydb.storage.log.DraftContent;
import io.entitydb.storage.log.DraftTag;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.KeptTimes;
import io.entitydb.storage.log.RecordDigest;
import io.entitydb.storage.log.StoredContent;
import io.entitydb.storage.log.VersionDraft;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Makes the drafts of a transaction from what it wants to write. */
final class Drafting {

    /** Most bytes of one transaction; leaves room for the frames around them. */
    private static final long MAX_BYTES = FrameLayout.MAX_BYTES - (1 << 20);

    private final OpenStore store;
    private final String principal;
    private final long erasures;

    Drafting(OpenStore store, String principal) {
        this.store = store;
        erasures = store.reader().erasing().begun();
        this.principal = principal;
    }

    /** Takes one entity that a transaction touched. */
    @FunctionalInterface
    interface Sink {
        void accept(EntityKey key, long hash, @Nullable Base base, @Nullable Write write);
    }

    /**
     * What an entity is going to be.
     *
     * @param kind what the version does
     * @param tags in their order
     * @param content its content
     * @param life the version whose present life goes on; null if a new one begins
     * @param source a version that may hold the same content
     */
    private record Plan(
            ChangeKind kind,
            List<DraftTag> tags,
            Content content,
            @Nullable Base life,
            @Nullable Base source) {}

    /**
     * The request for everything that a transaction touched.
     *
     * @param most how much that is at most
     */
    CommitRequest request(int most, Consumer<Sink> touched) {
        List<VersionDraft> drafts = new ArrayList<>(most);
        List<Expectation> expectations = new ArrayList<>(most);
        touched.accept(
                (key, hash, base, write) -> {
                    long position = base == null ? 0 : base.record().position();
                    boolean isErased = base != null && base.record().isErased();
                    expectations.add(new Expectation(key, hash, position, isErased));
                    if (write != null) {
                        drafts.add(draft(key, hash, base, plan(base, write)));
                    }
                });
        requireSize(drafts);
        return new CommitRequest(drafts, expectations, erasures);
    }

    /** A transaction is one frame, written with its chunks at once. */
    private static void requireSize(List<VersionDraft> drafts) {
        long bytes = 0;
        for (VersionDraft draft : drafts) {
            bytes += draft.maxBytes();
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidEntityException(
                    "", "a transaction has at most " + MAX_BYTES + " bytes, this one " + bytes);
        }
    }

    /** How an entity looks to its own transaction. */
    Entity pending(EntityKey key, @Nullable Base base, Write write) {
        Plan plan = plan(base, write);
        Base life = plan.life();
        return new Entity(
                key,
                Version.pending(Base.numberAfter(base), plan.kind(), principal),
                life == null ? Timestamp.MAX : new Timestamp(life.record().createdAt()),
                life == null ? principal : life.record().createdBy(principal),
                times(plan.tags()),
                plan.content());
    }

    /** The tags with their times; {@link Timestamp#MAX} for those asserted now. */
    private static SortedMap<Tag, Timestamp> times(List<DraftTag> drafts) {
        Tag[] tags = drafts.stream().map(DraftTag::tag).toArray(Tag[]::new);
        Timestamp[] times = new Timestamp[tags.length];
        for (int i = 0; i < tags.length; i++) {
            long at = drafts.get(i).assertedAt();
            times[i] = at == 0 ? Timestamp.MAX : new Timestamp(at);
        }
        return SortedTags.of(tags, times);
    }

    private Plan plan(@Nullable Base base, Write write) {
        Base life = base == null || base.isDeleted() ? null : base;
        return switch (write) {
            case Write.Put(EntityDraft draft) ->
                    new Plan(ChangeKind.PUT, tags(draft, life), draft.content(), life, life);
            case Write.Delete d ->
                    new Plan(ChangeKind.DELETE, List.of(), Content.EMPTY, life, null);
            case Write.Restore(Base before) ->
                    new Plan(
                            ChangeKind.RESTORE,
                            tags(before.entity()),
                            before.entity().content(),
                            before,
                            before);
        };
    }

    /** A tag that stays keeps its time. */
    private List<DraftTag> tags(EntityDraft draft, @Nullable Base life) {
        DraftTag[] tags = new DraftTag[draft.tags().size()];
        int next = 0;
        for (Tag tag : draft.tags()) {
            tags[next++] = DraftTag.of(tag, 0);
        }
        if (life != null) {
            KeptTimes.take(tags, life.record(), store.reader().dictionary());
        }
        return Arrays.asList(tags);
    }

    private static List<DraftTag> tags(Entity before) {
        List<DraftTag> tags = new ArrayList<>();
        before.tags().forEach((tag, at) -> tags.add(DraftTag.of(tag, at.epochNanos())));
        return tags;
    }

    private VersionDraft draft(EntityKey key, long hash, @Nullable Base base, Plan plan) {
        Base life = plan.life();
        VersionDraft draft =
                VersionDraft.builder()
                        .key(key)
                        .hash(hash)
                        .kind(plan.kind())
                        .number(Base.numberAfter(base))
                        .previousPosition(base == null ? 0 : base.record().position())
                        .jumpPosition(
                                base == null ? 0 : store.chain().jumpPositionAfter(base.record()))
                        .createdAt(life == null ? 0 : life.record().createdAt())
                        .createdBy(life == null ? principal : life.record().createdBy(principal))
                        .principal(principal)
                        .salt(Salts.next())
                        .tags(plan.tags())
                        .mediaType(plan.content().mediaType())
                        .contentLength(plan.content().length())
                        .contentDigest(plan.content().digest())
                        .content(content(key, plan))
                        .digest(Digest.ZERO)
                        .build();
        return draft.withDigest(RecordDigest.of(draft));
    }

    /** Content that did not change is not written again, unless what is there may be damaged. */
    private DraftContent content(EntityKey key, Plan plan) {
        Content content = plan.content();
        DraftContent received =
                content.source() instanceof EngineUpload.Received source
                        ? source.reference(key, store)
                        : null;
        Base source = plan.source();
        if (content.length() > 0
                && source != null
                && source.record().hasContent(content)
                && isReadable(source)) {
            return new DraftContent.Earlier(
                    source.record().contentPosition(store.reader().dictionary()));
        }
        if (received != null) {
            return received;
        }
        DraftContent stored = StoredContent.reference(content, key, store.reader());
        return stored != null && isReadable(content) ? stored : ContentPieces.of(content);
    }

    private boolean isReadable(Base source) {
        return store.quarantine().isEmpty() || isReadable(source.entity().content());
    }

    /** Contents are read to find out only while something is known to be damaged. */
    private boolean isReadable(Content content) {
        if (store.quarantine().isEmpty()) {
            return true;
        }
        try (InputStream bytes = content.source().open()) {
            return bytes.transferTo(OutputStream.nullOutputStream()) == content.length();
        } catch (CorruptDataException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
