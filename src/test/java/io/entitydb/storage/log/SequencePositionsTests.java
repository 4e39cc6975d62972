package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.header.Header;

import org.junit.jupiter.api.Test;

class SequencePositionsTests {

    private final SequencePositions positions = new SequencePositions();

    @Test
    void readingBeginsAtTheNearestPlaceThatWasNoted() {
        for (int sequence = 1; sequence <= 1_000; sequence++) {
            positions.note(sequence, 10_000 + 8L * sequence);
        }

        for (int sequence : new int[] {256, 300, 511, 512, 999, 5_000}) {
            long nearest = Math.min(sequence, 1_000) / 256 * 256L;
            assertThat(positions.before(sequence)).isEqualTo(10_000 + 8 * nearest);
        }
    }

    @Test
    void readingBeginsWithTheFirstFrameWhereNothingWasNoted() {
        assertThat(positions.before(5)).isEqualTo(Header.DATA_OFFSET);

        positions.note(256, 9_000);

        assertThat(positions.before(255)).isEqualTo(Header.DATA_OFFSET);
        assertThat(positions.before(256)).isEqualTo(9_000);
    }
}
