package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.log.ForgedStore;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Records that say anything, with checksums that fit: an answer or a typed error, in bounded time
 * and memory.
 */
@Timeout(120)
class HostileRecordTests {

    private static final int EARLIER = 2;
    private static final int CHUNKS = 3;

    private final HostileStore small = HostileStore.of("v4/small");

    @ParameterizedTest
    @ValueSource(
            ints = {
                RecordLayout.VERSION,
                RecordLayout.SEQUENCE,
                RecordLayout.COMMIT_TIME,
                RecordLayout.PREVIOUS_POSITION,
                RecordLayout.JUMP_POSITION,
                RecordLayout.CREATED_AT,
                RecordLayout.CONTENT_LENGTH
            })
    void anyNumberInAnyFieldOfEightBytes(int field) {
        for (int record : small.undamaged().versions()) {
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(store -> store.putLong(record + field, number));
            }
        }
    }

    @Test
    void anyLength() {
        for (int record : small.undamaged().versions()) {
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(store -> store.putInt(record + RecordLayout.LENGTH, (int) number));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RecordLayout.KIND,
                RecordLayout.CONTENT_FORM,
                RecordLayout.LIVING_DELTA,
                RecordLayout.RESERVED
            })
    void anyCode(int field) {
        List<Integer> versions = small.undamaged().versions();
        for (int code = 0; code < 256; code++) {
            int record = versions.get(code % versions.size());
            byte value = (byte) code;
            small.isNoticed(store -> store.put(record + field, value));
        }
    }

    @Test
    void anyByteOfABody() {
        SplittableRandom random = new SplittableRandom(1);
        for (int record : small.undamaged().versions()) {
            int length = small.undamaged().intAt(record + RecordLayout.LENGTH);
            for (int at = RecordLayout.BODY; at < Math.min(length, RecordLayout.BODY + 64); at++) {
                int place = record + at;
                byte value = (byte) random.nextInt(256);
                small.isNoticed(store -> store.put(place, value));
            }
        }
    }

    @Test
    void versionChainBentIntoACircle() {
        List<Integer> versions = small.undamaged().versions();
        for (int record : versions) {
            for (int field :
                    new int[] {RecordLayout.PREVIOUS_POSITION, RecordLayout.JUMP_POSITION}) {
                small.isNoticed(
                        store ->
                                store.putLong(record + RecordLayout.VERSION, 1 << 20)
                                        .putLong(record + field, record));
                for (int i = record % 5; i < versions.size(); i += 5) {
                    int other = versions.get(i);
                    small.isNoticed(store -> store.putLong(record + field, other));
                }
            }
        }
    }

    @Test
    void wordThatTheDictionaryDoesNotHold() {
        for (int record : small.undamaged().versions()) {
            assertThat(small.isNoticed(store -> store.put(record + RecordLayout.BODY, (byte) 0x7f)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffff", "ffffffff7f", "ffffffff08", "8080808000", "8080808080"})
    void numberThatIsTooLongOrTooLarge(String varint) {
        byte[] bytes = HexFormat.of().parseHex(varint);
        for (int record : small.undamaged().versions()) {
            assertThat(small.isNoticed(store -> store.put(record + RecordLayout.BODY, bytes)))
                    .isTrue();
        }
    }

    @Test
    void contentThatStandsInARecordWithoutAny() {
        for (int record : small.undamaged().versionsOfForm(EARLIER)) {
            for (int other : small.undamaged().versions()) {
                small.isNoticed(
                        store -> store.putLong(earlierOf(small.undamaged(), record), other));
            }
            for (long number : HostileStore.hostileNumbers()) {
                small.isNoticed(
                        store -> store.putLong(earlierOf(small.undamaged(), record), number));
            }
        }
    }

    /** It is the last part before the padding, and positions of small files end in zeros. */
    private static int earlierOf(ForgedStore store, int record) {
        int at = record + store.intAt(record + RecordLayout.LENGTH) - Long.BYTES;
        while (store.longAt(at) % 8 != 0 || store.longAt(at) <= 0 || store.longAt(at) >= record) {
            at--;
        }
        return at;
    }

    @Test
    void chunksOfAnything() {
        HostileStore large = HostileStore.of("v4/large");
        int record = large.undamaged().versionsOfForm(CHUNKS).getFirst();
        int last = earlierOf(large.undamaged(), record);
        long chunk = large.undamaged().longAt(last);
        for (long number : HostileStore.hostileNumbers()) {
            large.isNoticed(store -> store.putLong(last, number));
            large.isNoticed(store -> store.putLong(last, chunk + number));
        }
        for (int other : large.undamaged().versions()) {
            large.isNoticed(store -> store.putLong(last, other));
        }
        assertThat(large.isNoticed(store -> store.putLong(last - Long.BYTES, chunk))).isTrue();
    }

    @Test
    void contentOfAnotherLengthThanItsChunks() {
        HostileStore large = HostileStore.of("v4/large");
        int record = large.undamaged().versionsOfForm(CHUNKS).getFirst();
        long length = large.undamaged().longAt(record + RecordLayout.CONTENT_LENGTH);

        for (long other : new long[] {0, 1, length - 1, length + 1, Long.MAX_VALUE}) {
            assertThat(
                            large.isNoticed(
                                    store ->
                                            store.putLong(
                                                    record + RecordLayout.CONTENT_LENGTH, other)))
                    .isTrue();
        }
    }
}
