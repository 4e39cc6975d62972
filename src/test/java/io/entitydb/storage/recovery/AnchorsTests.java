package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnchorsTests {

    private static final int STRIDE = 256;

    private final Anchors anchors = new Anchors();

    private void note(long sequence, boolean isFirst) {
        anchors.note(sequence, 10 * sequence, 100 * sequence, isFirst);
    }

    @Test
    void noAnchorIsBeforeAnything() {
        assertThat(anchors.size()).isZero();
        assertThat(anchors.at(Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void firstTransactionIsKeptWhateverStandsBeforeIt() {
        note(1, false);
        note(2, false);

        assertThat(anchors.size()).isEqualTo(1);
        assertThat(anchors.sequence(0)).isEqualTo(1);
        assertThat(anchors.position(0)).isEqualTo(100);
    }

    @Test
    void firstOfEachStretchIsKeptAndThenEveryFew() {
        note(1, true);
        note(2, true);
        for (int sequence = 3; sequence <= 2 + 2 * STRIDE; sequence++) {
            note(sequence, false);
        }

        assertThat(anchors.size()).isEqualTo(4);
        assertThat(anchors.sequence(1)).isEqualTo(2);
        assertThat(anchors.sequence(2)).isEqualTo(2 + STRIDE);
        assertThat(anchors.sequence(3)).isEqualTo(2 + 2 * STRIDE);
    }

    @Test
    void manyStretchesAreKept() {
        for (int sequence = 1; sequence <= 100; sequence++) {
            note(sequence, true);
        }

        assertThat(anchors.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(anchors.sequence(i)).isEqualTo(i + 1);
            assertThat(anchors.position(i)).isEqualTo(100L * (i + 1));
        }
    }

    @Test
    void lastOneThatIsNotLaterIsFound() {
        note(1, true);
        note(2, true);
        note(4, true);

        assertThat(anchors.at(9)).isEqualTo(-1);
        assertThat(anchors.at(10)).isZero();
        assertThat(anchors.at(19)).isZero();
        assertThat(anchors.at(39)).isEqualTo(1);
        assertThat(anchors.at(40)).isEqualTo(2);
        assertThat(anchors.at(1_000)).isEqualTo(2);
    }
}
