package io.entitydb.storage.log;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A few records of one entity, at known positions, for a record behind them to refer to: version 1
 * with its content inside, a chunk, and version 2 whose content is that chunk.
 */
final class RecordScene {

    static final EntityKey KEY = new EntityKey("default", "a");
    static final byte[] CONTENT = "hello".getBytes(StandardCharsets.UTF_8);
    static final byte[] CHUNK = "a piece of content".getBytes(StandardCharsets.UTF_8);

    private static final int ROOM = 4096;

    private final TagDictionary dictionary = new TagDictionary();
    private final ByteBuffer buffer = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
    private final RecordEncoder encoder =
            new RecordEncoder(dictionary, new Checksum(LogForgery.IDENTITY));
    private final long inlinePosition;
    private final long chunkPosition;
    private final long chunkedPosition;

    RecordScene() {
        VersionDraft first = draft(1, 0, CONTENT, new DraftContent.Inline(CONTENT));
        encoder.learnWords(first);
        inlinePosition = put(first, 1, List.of());
        chunkPosition = position();
        encoder.putChunk(buffer, LogForgery.START, first.key(), ByteBuffer.wrap(CHUNK));
        VersionDraft second =
                draft(2, inlinePosition, CHUNK, new DraftContent.Chunks(List.of(CHUNK)));
        chunkedPosition = put(second, 2, List.of(chunkPosition));
    }

    /** Words of the records; others are written out. */
    TagDictionary dictionary() {
        return dictionary;
    }

    /** Where the next record stands. */
    long position() {
        return LogForgery.START + buffer.position();
    }

    long inlinePosition() {
        return inlinePosition;
    }

    long chunkPosition() {
        return chunkPosition;
    }

    long chunkedPosition() {
        return chunkedPosition;
    }

    /** The bytes of the records, with room for one more. */
    byte[] bytes(int more) {
        return Arrays.copyOf(
                Arrays.copyOf(buffer.array(), buffer.position()), buffer.position() + more);
    }

    /** A version of the entity. */
    static VersionDraft draft(long number, long previous, byte[] bytes, DraftContent content) {
        Content whole = Content.of("text/plain", bytes);
        return VersionDraft.builder()
                .key(KEY)
                .kind(ChangeKind.PUT)
                .number(number)
                .previousPosition(previous)
                .jumpPosition(number == 2 ? previous : 0)
                .createdAt(number == 1 ? 0 : 1_000)
                .createdBy("maker")
                .principal("tester")
                .salt(new byte[RecordLayout.SALT_BYTES])
                .tags(List.of(DraftTag.of(new Tag("type", "note"), 0)))
                .mediaType(whole.mediaType())
                .contentLength(whole.length())
                .contentDigest(whole.digest())
                .content(content)
                .digest(Digest.ZERO)
                .build();
    }

    /** The bytes of a record, as they stand behind the others. */
    byte[] record(VersionDraft draft, long sequence, List<Long> chunks) {
        ByteBuffer record =
                ByteBuffer.allocate(Math.toIntExact(draft.maxBytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        encoder.putVersion(
                record, position(), draft, new Commitment(sequence, sequence * 1_000), chunks);
        return Arrays.copyOf(record.array(), record.position());
    }

    private long put(VersionDraft draft, long sequence, List<Long> chunks) {
        long at = position();
        encoder.putVersion(
                buffer,
                LogForgery.START,
                draft,
                new Commitment(sequence, sequence * 1_000),
                chunks);
        return at;
    }
}
