package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What the record of an erase mark says, and what it cannot say. */
class EraseMarkTests {

    private static final int COUNT = RecordLayout.PREFIX_BYTES + 3 * Long.BYTES;

    private static EraseMark mark(int targets, int delta) {
        List<EraseMark.Target> list = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            list.add(new EraseMark.Target(8_192 + 8L * i, 48 + i, -i));
        }
        return new EraseMark(
                3, new EntityKey("d".repeat(63), "i".repeat(255)), 7, 9, "p", delta, list);
    }

    private static byte[] bytes(EraseMark mark) {
        int room = Math.toIntExact(mark.maxBytes());
        ByteBuffer buffer = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
        new RecordEncoder(new TagDictionary(), new Checksum(LogForgery.IDENTITY))
                .putEraseMark(buffer, 8_192, mark);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private static EraseMark read(byte[] bytes) {
        FrameHeader header =
                new FrameHeader(FrameType.ERASE_MARK, 256, 1, 1, 0, 0, 1, 0, 0, Digest.ZERO, 0);
        RawRecord record = new RawRecord("file", 8_192, bytes);
        return EraseMark.of(new Frame(header, List.of(record), 0));
    }

    private static void requireRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, EraseMark.MAX_TARGETS})
    void markIsReadAsItWasWrittenWithinItsBound(int targets) {
        EraseMark mark = mark(targets, -1);

        byte[] bytes = bytes(mark);

        assertThat(read(bytes)).isEqualTo(mark);
        long frame = bytes.length + FrameLayout.HEADER_BYTES + (long) FrameLayout.TRAILER_BYTES;
        assertThat(frame).isBetween(mark.maxBytes() - 3 * 256, mark.maxBytes());
    }

    @Test
    void longestNamesAreWithinTheBound() {
        EraseMark mark =
                new EraseMark(
                        3,
                        new EntityKey("d".repeat(63), "i".repeat(255)),
                        7,
                        9,
                        "p".repeat(255),
                        0,
                        List.of());

        assertThat(read(bytes(mark))).isEqualTo(mark);
    }

    @Test
    void recordOfAnotherKindIsNone() {
        byte[] bytes = bytes(mark(1, 0));
        bytes[RecordLayout.KIND] = RecordKind.CHUNK;

        requireRefused(bytes, "erase mark expected, found record of kind 17");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, EraseMark.MAX_TARGETS + 1})
    void numberOfTargetsIsBounded(int count) {
        byte[] bytes = bytes(mark(1, 0));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(COUNT, count);

        requireRefused(bytes, "erase mark of " + count + " records");
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 1})
    void erasureTakesOneLivingEntityOrNone(int delta) {
        byte[] bytes = bytes(mark(1, 0));
        bytes[RecordLayout.LIVING_DELTA] = (byte) (delta + VersionRecord.DELTA_CODE_OFFSET);

        requireRefused(bytes, "erase mark adds " + delta + " living entities");
    }

    @Test
    void nameThatNoEntityHasIsNone() {
        byte[] bytes = bytes(mark(1, 0));
        bytes[COUNT + Integer.BYTES + 1] = '?';

        requireRefused(bytes, "erase mark does not decode: ");
    }

    @Test
    void lossIsReadFromItsOwnKindOnly() {
        byte[] bytes = bytes(mark(1, 0));
        FrameHeader header =
                new FrameHeader(FrameType.LOSS, 256, 1, 1, 0, 0, 1, 4, 9, Digest.ZERO, 0);
        Frame frame = new Frame(header, List.of(new RawRecord("file", 8_192, bytes)), 0);

        assertThatThrownBy(() -> LossRecord.of(frame))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("loss expected, found record of kind 19");
    }
}
