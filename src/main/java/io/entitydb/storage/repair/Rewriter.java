package io.entitydb.storage.repair;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.index.ReplayPoint;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.log.ContentPieces;
import io.entitydb.storage.log.CopiedContent;
import io.entitydb.storage.log.DraftContent;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.RecordCopy;
import io.entitydb.storage.log.RecordLayout;
import io.entitydb.storage.log.VersionChain;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes a history into a new file: sequences, commit times and digests stay, positions do not.
 *
 * <p><b>Positions.</b> None is taken over. As in a replay, an index of the new file tells where the
 * version before stands, whatever file that one was taken from; jumps and references to earlier
 * contents follow from it. So the memory needed is that of the index of the open store, off the
 * heap, and a batch.
 *
 * <p><b>Contents.</b> Chunks are copied ahead of the transaction that refers to them, so chunks
 * that no version refers to are left out.
 */
final class Rewriter {

    private final NewFile target;
    private final VersionChain chain;
    private final KeyHash keyHash;
    private final EntityIndex index = new EntityIndex();
    private long entityCount;
    private @Nullable FrameHeader dictionaryFrame;

    /** A rewriter of an empty file. */
    Rewriter(NewFile target, FileIdentity identity) {
        this.target = target;
        chain = new VersionChain(target.reader());
        keyHash = new KeyHash(identity.secret());
    }

    /** Begins with a dictionary of all words that are known. */
    void begin(List<SourceFile> sources) {
        target.appender().appendDictionary();
        noteDictionary();
        sources.forEach(this::learn);
    }

    private void learn(SourceFile source) {
        if (target.reader().dictionary().agreesWith(source.reader().dictionary())) {
            return;
        }
        target.require(FrameRoom.DICTIONARY_BYTES);
        target.appender().learn(source.reader().dictionary());
        noteDictionary();
    }

    private void noteDictionary() {
        FrameHeader newest = target.appender().dictionaryFrame();
        dictionaryFrame = newest == null ? dictionaryFrame : newest;
    }

    /** What it knows of the header of the new file. */
    Header.HeaderBuilder header() {
        FrameHeader dictionary = Objects.requireNonNull(dictionaryFrame);
        return Header.builder()
                .checkpointSequence(0)
                .tagDictOffset(dictionary.position())
                .tagDictSize(dictionary.length())
                .entityCount(entityCount);
    }

    /**
     * Writes the image of the entity index of the new file.
     *
     * @return whether that was possible; if not, the next opening makes the index
     */
    boolean writeImage(Disk disk, FileIdentity identity) {
        FrameChain tail = target.tail();
        try {
            new ImageWriter(disk)
                    .write(
                            index,
                            identity.fileId(),
                            new ReplayPoint(tail, entityCount),
                            () -> new CoveredTransaction(tail.sequence(), tail.digest()));
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /** Writes the next step. */
    void add(Step step) {
        switch (step) {
            case Step.Kept kept -> addTransaction(kept);
            case Step.Lost lost -> {
                target.require(FrameRoom.LOSS_BYTES);
                target.appender().appendLoss(lost.loss(), lost.commitment(), lost.digest());
            }
        }
    }

    private void addTransaction(Step.Kept kept) {
        List<RecordCopy> copies = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Step.Piece piece : kept.pieces()) {
            switch (piece) {
                case Step.Bare(Digest digest) -> {
                    copies.add(new RecordCopy.Stub(digest));
                    entries.add(Entry.NONE);
                }
                case Step.Ruined ruined -> {
                    copies.add(new RecordCopy.Stub(ruined.digest()));
                    entries.add(Entry.NONE);
                }
                case Step.Whole whole -> {
                    learn(whole.source());
                    Entry entry = entry(whole);
                    copies.add(copy(whole, entry));
                    entries.add(entry);
                }
            }
        }
        target.require(target.appender().maxCopyBytes(copies));
        long[] positions = target.appender().appendCopies(copies, kept.commitment(), kept.digest());
        for (int i = 0; i < positions.length; i++) {
            apply(entries.get(i), positions[i]);
        }
    }

    /**
     * What the index says of a version's key.
     *
     * @param hash hash of the key; 0 for a record that is no version
     * @param before the newest version of the key so far; null if there is none
     * @param livingDelta what the version adds to the number of living entities
     */
    private record Entry(long hash, @Nullable VersionRecord before, int livingDelta) {

        static final Entry NONE = new Entry(0, null, 0);
    }

    private Entry entry(Step.Whole whole) {
        VersionRecord version = whole.version();
        EntityKey key = version.key(whole.source().reader().dictionary());
        long hash = keyHash.of(key);
        Search search = new Search(key);
        index.find(hash, search::isKey);
        int delta = living(version) - living(search.found);
        return new Entry(hash, search.found, delta);
    }

    private static int living(@Nullable VersionRecord version) {
        return version != null && version.isLiving() ? 1 : 0;
    }

    private void apply(Entry entry, long position) {
        if (entry.hash() == 0) {
            return;
        }
        VersionRecord before = entry.before();
        if (before == null) {
            index.insert(entry.hash(), position);
        } else {
            index.replace(entry.hash(), before.position(), position);
        }
        entityCount += entry.livingDelta();
    }

    private RecordCopy copy(Step.Whole whole, Entry entry) {
        VersionRecord version = whole.version();
        VersionRecord before = entry.before();
        RecordCopy.Links links =
                new RecordCopy.Links(
                        before == null ? 0 : before.position(),
                        before != null && before.number() == version.number() - 1
                                ? chain.jumpPositionAfter(before)
                                : 0,
                        entry.livingDelta());
        return new RecordCopy.Whole(
                version, whole.source().reader().dictionary(), links, content(whole, before));
    }

    private CopiedContent content(Step.Whole whole, @Nullable VersionRecord before) {
        VersionRecord version = whole.version();
        if (version.isChunked()) {
            return chunks(whole);
        }
        if (!version.isContentEarlier()) {
            return new CopiedContent.Same();
        }
        VersionRecord holder = before == null ? null : holder(version, before);
        return holder == null
                ? written(whole, version.toEntity(whole.source().reader()).content())
                : new CopiedContent.Earlier(holder.contentPosition(target.reader().dictionary()));
    }

    /** The newest version that has the same content; as a rule the one before. */
    private @Nullable VersionRecord holder(VersionRecord version, VersionRecord before) {
        VersionRecord at = before;
        while (!at.hasContentOf(version)) {
            if (at.previousPosition() == 0) {
                return null;
            }
            at = chain.previous(at);
        }
        return at;
    }

    private CopiedContent chunks(Step.Whole whole) {
        SourceFile source = whole.source();
        EntityKey owner = whole.version().key(source.reader().dictionary());
        List<Long> positions = new ArrayList<>();
        for (long position : whole.version().chunkPositions(source.reader().dictionary())) {
            positions.add(chunk(owner, source.reader().readChunk(position, owner)));
        }
        return new CopiedContent.Chunks(positions);
    }

    private long chunk(EntityKey owner, ByteBuffer piece) {
        target.require(piece.remaining() + FrameRoom.CHUNK_BYTES);
        return target.appender().appendChunk(owner, piece);
    }

    /** Writes a content anew, checking its digest on the way. */
    private CopiedContent written(Step.Whole whole, Content content) {
        if (content.length() <= RecordLayout.MAX_INLINE_BYTES) {
            return ContentPieces.of(content) instanceof DraftContent.Inline(byte[] bytes)
                    ? new CopiedContent.Inline(bytes)
                    : new CopiedContent.Same();
        }
        EntityKey owner = whole.version().key(whole.source().reader().dictionary());
        List<Long> positions = new ArrayList<>();
        ContentPieces.each(content, piece -> positions.add(chunk(owner, ByteBuffer.wrap(piece))));
        return new CopiedContent.Chunks(positions);
    }

    /** Keeps the record that was read to compare the key, so that it is read once. */
    private final class Search {

        private final EntityKey key;
        private @Nullable VersionRecord found;

        private Search(EntityKey key) {
            this.key = key;
        }

        private boolean isKey(long position) {
            VersionRecord candidate = target.readVersion(position);
            if (candidate.isOf(key, target.reader().dictionary())) {
                found = candidate;
                return true;
            }
            return false;
        }
    }
}
