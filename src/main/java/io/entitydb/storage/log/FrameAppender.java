package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.header.FileIdentity;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Builds the frames of one batch in memory, each continuing the one before. Used by the writer's
 * thread; the buffer is reused from batch to batch.
 */
public final class FrameAppender {

    /** System frames take no place in the order of transactions. */
    private static final Commitment SYSTEM = new Commitment(0, 0);

    private final TagDictionary dictionary;
    private final Checksum checksum;
    private final RecordEncoder records;
    private final MessageDigest function = Digest.newSha256();
    private final int usualBytes;
    private ByteBuffer buffer;
    private FrameChain chain;
    private long base;
    private long durableFrame;
    private long headerGeneration;
    private @Nullable FrameHeader dictionaryFrame;

    /**
     * An appender for one file.
     *
     * @param usualBytes how large the buffer is as a rule
     * @param tail border after which the next frame stands
     */
    public FrameAppender(
            FileIdentity identity, TagDictionary dictionary, int usualBytes, FrameChain tail) {
        this.dictionary = dictionary;
        this.usualBytes = usualBytes;
        checksum = new Checksum(identity);
        records = new RecordEncoder(dictionary, checksum);
        buffer = newBuffer(usualBytes);
        chain = tail;
    }

    /**
     * A point to which the batch can be taken back.
     *
     * @param length bytes built so far
     * @param chain border so far
     * @param dictionaryFrame newest dictionary frame of the batch so far, if any
     */
    public record Mark(int length, FrameChain chain, @Nullable FrameHeader dictionaryFrame) {}

    /**
     * Begins a batch.
     *
     * @param tail border at which it is going to be written
     * @param durableFrame highest frame known to be forced
     * @param headerGeneration generation of the header published last
     */
    public void begin(FrameChain tail, long durableFrame, long headerGeneration) {
        if (buffer.capacity() != usualBytes) {
            buffer = newBuffer(usualBytes);
        }
        buffer.clear();
        chain = tail;
        dictionaryFrame = null;
        base = tail.position();
        this.durableFrame = durableFrame;
        this.headerGeneration = headerGeneration;
    }

    /** Whether the batch is empty. */
    public boolean isEmpty() {
        return buffer.position() == 0;
    }

    /**
     * Whether so many bytes more fit. An empty batch takes anything: the buffer grows for it.
     *
     * @param bytes see {@link #maxBytes}
     */
    public boolean fits(long bytes) {
        if (isEmpty() && bytes > buffer.capacity()) {
            buffer = newBuffer(Math.toIntExact(bytes));
        }
        return bytes <= buffer.remaining();
    }

    /** How many bytes a transaction adds at most, the dictionary it may need included. */
    public long maxBytes(List<VersionDraft> drafts) {
        long bytes = 3L * (FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES);
        bytes += dictionary.encodedBytes();
        for (VersionDraft draft : drafts) {
            bytes += draft.maxBytes() + newWordBytes(draft);
        }
        return bytes;
    }

    private long newWordBytes(VersionDraft draft) {
        long bytes = dictionary.newWordBytes(draft.key().dataset());
        bytes += dictionary.newWordBytes(draft.mediaType());
        for (DraftTag tag : draft.tags()) {
            bytes += dictionary.newWordBytes(tag.tag().namespace());
        }
        return bytes;
    }

    /** Where the batch stands. */
    public Mark mark() {
        return new Mark(buffer.position(), chain, dictionaryFrame);
    }

    /** Takes the batch back to a point. */
    public void reset(Mark mark) {
        if (!Objects.equals(dictionaryFrame, mark.dictionaryFrame())) {
            dictionary.lost();
        }
        buffer.position(mark.length());
        chain = mark.chain();
        dictionaryFrame = mark.dictionaryFrame();
    }

    /**
     * Adds a transaction, its chunks and, where it needs new words, a dictionary ahead of it.
     *
     * @return position of each draft's record, in order
     */
    public long[] append(List<VersionDraft> drafts, Commitment commitment) {
        drafts.forEach(records::learnWords);
        if (dictionary.isDirty()) {
            appendDictionary();
        }
        List<List<Long>> chunks = new ArrayList<>(drafts.size());
        for (VersionDraft draft : drafts) {
            chunks.add(appendChunks(draft));
        }
        RecordDigest.beginTransaction(
                function, chain.digest(), commitment.sequence(), commitment.commitTime());
        for (VersionDraft draft : drafts) {
            draft.digest().updateTo(function);
        }
        Digest digest = Digest.end(function);
        int start = begin();
        long[] positions = new long[drafts.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = base + buffer.position();
            records.putVersion(buffer, base, drafts.get(i), commitment, chunks.get(i));
        }
        end(start, FrameType.TRANSACTION, drafts.size(), commitment, digest);
        return positions;
    }

    /** Adds a full copy of the dictionary. */
    public void appendDictionary() {
        int start = begin();
        records.putDictionary(buffer, base);
        dictionaryFrame = end(start, FrameType.DICTIONARY, 1, SYSTEM, Digest.ZERO);
        dictionary.written();
    }

    /**
     * Adds a frame that stands for transactions which were given up.
     *
     * @param loss what is known of them
     * @param last sequence and commit time of the last of them
     * @param digest the digest of that one; zeros if it is not known
     */
    public void appendLoss(LossRecord loss, Commitment last, Digest digest) {
        int start = begin();
        records.putLoss(buffer, base, loss);
        end(start, FrameType.LOSS, 1, last, digest);
    }

    /**
     * Adds a chunk frame of its own.
     *
     * @param owner the entity that it belongs to
     * @param piece from its position to its limit
     * @return position of the chunk's record
     */
    public long appendChunk(EntityKey owner, ByteBuffer piece) {
        int start = begin();
        long position = base + buffer.position();
        records.putChunk(buffer, base, owner, piece);
        end(start, FrameType.CHUNK, 1, SYSTEM, Digest.ZERO);
        return position;
    }

    /** How many bytes a chunk frame takes at most. */
    public static long maxChunkBytes(int pieceBytes) {
        return (long) pieceBytes + ChunkCodec.MAX_OVERHEAD;
    }

    /** Whether words have numbers that no dictionary frame tells yet. */
    public boolean isDictionaryBehind() {
        return dictionary.isDirty();
    }

    /** Learns the words of another file; adds a dictionary if there are any that it lacks. */
    public void learn(TagDictionary other) {
        dictionary.learnAll(other);
        if (dictionary.isDirty()) {
            appendDictionary();
        }
    }

    /** How many bytes a copied transaction takes at most, a dictionary ahead of it included. */
    public long maxCopyBytes(List<RecordCopy> copies) {
        long bytes = 3L * (FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES);
        bytes += dictionary.encodedBytes();
        for (RecordCopy copy : copies) {
            bytes += copy.maxBytes(dictionary) + FrameLayout.ALIGNMENT;
        }
        return bytes;
    }

    /**
     * Adds what is left of a transaction of another file. Its chunks were added before, the words
     * that it needs were learned.
     *
     * @param copies what stands in place of each of its records
     * @param digest the digest of history up to it
     * @return position of each record, in order
     * @throws IllegalStateException if the digest before is known and leads to another one
     */
    public long[] appendCopies(List<RecordCopy> copies, Commitment commitment, Digest digest) {
        requireLeadsTo(copies, commitment, digest);
        int start = begin();
        long[] positions = new long[copies.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = base + buffer.position();
            records.putCopy(buffer, base, copies.get(i));
        }
        end(start, FrameType.TRANSACTION, copies.size(), commitment, digest);
        return positions;
    }

    private void requireLeadsTo(List<RecordCopy> copies, Commitment commitment, Digest digest) {
        boolean isKnown = chain.sequence() == 0 || !chain.digest().equals(Digest.ZERO);
        RecordDigest.beginTransaction(
                function, chain.digest(), commitment.sequence(), commitment.commitTime());
        copies.forEach(copy -> copy.digest().updateTo(function));
        if (commitment.sequence() != chain.sequence() + 1
                || commitment.commitTime() <= chain.commitTime()
                || (isKnown && !digest.equals(Digest.end(function)))) {
            throw new IllegalStateException(
                    "transaction "
                            + commitment.sequence()
                            + " does not continue transaction "
                            + chain.sequence());
        }
    }

    /** Adds a frame that says what is going to be overwritten. */
    public void appendEraseMark(EraseMark mark) {
        int start = begin();
        records.putEraseMark(buffer, base, mark);
        end(start, FrameType.ERASE_MARK, 1, SYSTEM, Digest.ZERO);
    }

    /** The newest dictionary frame of the batch; null if it has none. */
    public @Nullable FrameHeader dictionaryFrame() {
        return dictionaryFrame;
    }

    /** The frames of the batch, ready to be written at the border given to {@link #begin}. */
    public ByteBuffer bytes() {
        return buffer.duplicate().flip();
    }

    /** Border after the batch. */
    public FrameChain chain() {
        return chain;
    }

    /** Where the pieces of a content stand, after those that are not written yet are. */
    private List<Long> appendChunks(VersionDraft draft) {
        return switch (draft.content()) {
            case DraftContent.Chunks(List<byte[]> pieces) -> {
                List<Long> positions = new ArrayList<>();
                for (byte[] piece : pieces) {
                    positions.add(appendChunk(draft.key(), ByteBuffer.wrap(piece)));
                }
                yield positions;
            }
            case DraftContent.Uploaded uploaded -> uploaded.positions();
            default -> List.of();
        };
    }

    private int begin() {
        int start = buffer.position();
        buffer.position(start + FrameLayout.HEADER_BYTES);
        return start;
    }

    private FrameHeader end(
            int start, FrameType type, int recordCount, Commitment commitment, Digest digest) {
        int length = buffer.position() + FrameLayout.TRAILER_BYTES - start;
        FrameHeader header =
                new FrameHeader(
                        type,
                        length,
                        recordCount,
                        chain.frameNumber() + 1,
                        base + start,
                        durableFrame,
                        headerGeneration,
                        commitment.sequence(),
                        commitment.commitTime(),
                        digest,
                        chain.crc());
        put(header, start);
        int trailer = start + length - FrameLayout.TRAILER_BYTES;
        buffer.putLong(trailer + FrameLayout.TRAILER_FRAME_NUMBER, header.frameNumber());
        buffer.putInt(trailer + FrameLayout.TRAILER_LENGTH, length);
        int crc = checksum.ofFrame(buffer, start, length);
        buffer.putInt(trailer + FrameLayout.TRAILER_CRC, crc);
        buffer.position(start + length);
        chain = chain.after(header, crc);
        return header;
    }

    private void put(FrameHeader header, int start) {
        buffer.putInt(start + FrameLayout.MARKER, FrameLayout.MARKER_VALUE);
        buffer.putInt(start + FrameLayout.TYPE, header.type().code());
        buffer.putInt(start + FrameLayout.LENGTH, header.length());
        buffer.putInt(start + FrameLayout.RECORD_COUNT, header.recordCount());
        buffer.putLong(start + FrameLayout.FRAME_NUMBER, header.frameNumber());
        buffer.putLong(start + FrameLayout.POSITION, header.position());
        buffer.putLong(start + FrameLayout.DURABLE_FRAME, header.durableFrame());
        buffer.putLong(start + FrameLayout.HEADER_GENERATION, header.headerGeneration());
        buffer.putLong(start + FrameLayout.SEQUENCE, header.sequence());
        buffer.putLong(start + FrameLayout.COMMIT_TIME, header.commitTime());
        header.digest().copyTo(buffer, start + FrameLayout.DIGEST);
        buffer.putInt(start + FrameLayout.PREVIOUS_CRC, header.previousCrc());
        int crc = checksum.begin().add(buffer, start, start + FrameLayout.HEADER_CRC).end();
        buffer.putInt(start + FrameLayout.HEADER_CRC, crc);
    }

    private static ByteBuffer newBuffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
