package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.log.ForgedStore;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/**
 * Frames and headers that say anything, with checksums that fit: an answer or a typed error, in
 * bounded time and memory.
 */
@Timeout(120)
class HostileFrameTests {

    private static final int SLOT_BYTES = 4096;
    private static final int HEADER_BYTES = 252;

    private final HostileStore small = HostileStore.of("v4/small");

    private List<ForgedStore.Place> frames() {
        return small.undamaged().frames(FrameType.TRANSACTION);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                FrameLayout.MARKER,
                FrameLayout.TYPE,
                FrameLayout.LENGTH,
                FrameLayout.RECORD_COUNT
            })
    void anyNumberInAnyFieldOfFourBytes(int field) {
        for (ForgedStore.Place frame : frames()) {
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(store -> store.putInt(frame.at() + field, (int) number));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                FrameLayout.FRAME_NUMBER,
                FrameLayout.POSITION,
                FrameLayout.DURABLE_FRAME,
                FrameLayout.HEADER_GENERATION,
                FrameLayout.SEQUENCE,
                FrameLayout.COMMIT_TIME
            })
    void anyNumberInAnyFieldOfEightBytes(int field) {
        for (ForgedStore.Place frame : frames()) {
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(store -> store.putLong(frame.at() + field, number));
            }
        }
    }

    @Test
    void lengthThatIsImpossibleIsNoticed() {
        ForgedStore.Place frame = frames().getLast();
        for (int length :
                new int[] {
                    0,
                    8,
                    112,
                    frame.length() - 8,
                    frame.length() + 8,
                    FrameLayout.MAX_BYTES,
                    FrameLayout.MAX_BYTES + 8,
                    Integer.MAX_VALUE,
                    Integer.MIN_VALUE,
                    -8
                }) {
            assertThat(
                            small.isNoticed(
                                    store -> store.putInt(frame.at() + FrameLayout.LENGTH, length)))
                    .as("length %s", length)
                    .isTrue();
        }
    }

    @Test
    void numberOfRecordsThatIsImpossibleIsNoticed() {
        ForgedStore.Place frame = frames().getLast();
        for (int count : new int[] {0, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            int at = frame.at() + FrameLayout.RECORD_COUNT;
            assertThat(small.isNoticed(store -> store.putInt(at, count)))
                    .as("%s records", count)
                    .isTrue();
        }
    }

    /** A transaction that becomes a dictionary, a chunk, an erase mark, or nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 6, Integer.MAX_VALUE, -1})
    void frameOfAnotherType(int type) {
        for (ForgedStore.Place frame : frames()) {
            assertThat(small.isNoticed(store -> store.putInt(frame.at() + FrameLayout.TYPE, type)))
                    .isTrue();
        }
    }

    /** Which is an answer: the transaction is known to be lost. */
    @Test
    void transactionThatBecomesALoss() {
        for (ForgedStore.Place frame : frames()) {
            small.isNoticed(store -> store.putInt(frame.at() + FrameLayout.TYPE, 5));
        }
    }

    @Test
    void transactionsThatSwapTheirNumbers() {
        List<ForgedStore.Place> frames = frames();
        ForgedStore store = small.undamaged();
        int one = frames.get(10).at() + FrameLayout.SEQUENCE;
        int other = frames.get(11).at() + FrameLayout.SEQUENCE;

        assertThat(
                        small.isNoticed(
                                forged ->
                                        forged.putLong(one, store.longAt(other))
                                                .putLong(other, store.longAt(one))))
                .isTrue();
    }

    @Test
    void dictionaryOfAnyNumberOfWords() {
        for (ForgedStore.Place frame : small.undamaged().frames(FrameType.DICTIONARY)) {
            int words = frame.records().getFirst() + RecordLayout.PREFIX_BYTES;
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(store -> store.putInt(words, (int) number));
            }
        }
    }

    @Test
    void dictionaryThatSaysAnything() {
        ForgedStore.Place newest = small.undamaged().frames(FrameType.DICTIONARY).getLast();
        int first = newest.records().getFirst() + RecordLayout.PREFIX_BYTES;
        for (int at = first; at < newest.trailer(); at++) {
            int place = at;
            for (byte value : new byte[] {0, 1, 0x7f, -1}) {
                small.isNoticed(store -> store.put(place, value));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void anyKindOfRecordInAnyFrame(FrameType type) {
        for (ForgedStore.Place frame : small.undamaged().frames(type)) {
            for (int kind = 0; kind < 24; kind++) {
                byte code = (byte) kind;
                int at = frame.records().getFirst() + RecordLayout.KIND;
                small.isNoticed(store -> store.put(at, code));
            }
        }
    }

    @Test
    void headersWithAnyNumberInAnyField() {
        for (int at = 0; at < HEADER_BYTES; at += Integer.BYTES) {
            int field = at;
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(
                        store ->
                                store.putInt(field, (int) number)
                                        .putInt(SLOT_BYTES + field, (int) number));
                if (field % Long.BYTES == 0 && field + Long.BYTES <= HEADER_BYTES) {
                    small.isNoticed(
                            store ->
                                    store.putLong(field, number)
                                            .putLong(SLOT_BYTES + field, number));
                }
            }
        }
    }
}
