package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One bit turned in each structure of a store, padding included, and what becomes of it. */
class DamagedStructureTests {

    /** Of so many places of a structure, spread over the file, a bit is turned. */
    private static final int PLACES = 40;

    private final GoldenFile large = GoldenFile.of("v4/large");

    @ParameterizedTest
    @CsvSource({
        "HEADER_SLOT, REBUILT",
        "SLOT_PADDING, HARMLESS",
        "FRAME_HEADER, QUARANTINED",
        "VERSION_RECORD, QUARANTINED",
        "EARLIER_DICTIONARY, LATENT",
        "NEWEST_DICTIONARY, QUARANTINED",
        "CHUNK_RECORD, QUARANTINED",
        "FREE_SPACE, REBUILT"
    })
    void turnedBitIs(Structure structure, FlipOutcome expected) {
        assertThat(outcomes(structure)).containsExactly(expected);
    }

    /** Those of chunks and dictionaries are read by who rebuilds the index and by scans only. */
    @Test
    void turnedBitOfATrailerIsQuarantinedOrFoundByAScan() {
        assertThat(outcomes(Structure.FRAME_TRAILER))
                .containsExactlyInAnyOrder(FlipOutcome.QUARANTINED, FlipOutcome.LATENT);
    }

    @Test
    void turnedBitOfTheIndexImageRebuildsTheIndex() {
        FlipCheck check = new FlipCheck(large);
        byte[] image = large.image();
        assertThat(image).isNotNull();
        for (int at = 0; image != null && at < image.length; at++) {
            byte[] damaged = image.clone();
            damaged[at] ^= (byte) (1 << at % Byte.SIZE);

            assertThat(check.of(large.data(), damaged)).isEqualTo(FlipOutcome.REBUILT);
        }
    }

    private Set<FlipOutcome> outcomes(Structure structure) {
        FlipCheck check = new FlipCheck(large);
        List<Integer> positions = positions(structure);
        int places = Math.min(PLACES, positions.size());
        Set<FlipOutcome> outcomes = EnumSet.noneOf(FlipOutcome.class);
        byte[] data = large.data().clone();
        for (int i = 0; i < places; i++) {
            int at = positions.get((int) ((long) i * (positions.size() - 1) / (places - 1)));
            data[at] ^= (byte) (1 << i % Byte.SIZE);
            outcomes.add(check.of(data, large.image()));
            data[at] ^= (byte) (1 << i % Byte.SIZE);
        }
        return outcomes;
    }

    private List<Integer> positions(Structure structure) {
        StoreMap map = StoreMap.of(large.data());
        List<Integer> positions = new ArrayList<>();
        for (int at = 0; at < large.data().length; at++) {
            if (map.at(at) == structure) {
                positions.add(at);
            }
        }
        return positions;
    }
}
