package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.index.EntityIndex;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What is told of lost transactions: 3 to 5, and 8; transaction 10 is the last. */
class AfterGapTests {

    private static final LostSequences FIRST = new LostSequences(3, 5);
    private static final LostSequences SECOND = new LostSequences(8, 8);
    private static final LostStretch STRETCH = new LostStretch(100, 200, 3, 30);

    private final HandmadeStore store = new HandmadeStore();

    private AfterGap with(LostSequences... lost) {
        return new AfterGap(
                store.file(),
                store.header().identity(),
                store.file().size(),
                store.border(),
                new AfterGap.Losses(List.of(lost), List.of(STRETCH)),
                new EntityIndex(),
                new Anchors(),
                10);
    }

    @Test
    void firstLossWithinARangeIsTold() {
        AfterGap gap = with(FIRST, SECOND);

        assertThat(gap.lostWithin(0, 10)).isEqualTo(FIRST);
        assertThat(gap.lostWithin(4, 8)).isEqualTo(FIRST);
        assertThat(gap.lostWithin(5, 8)).isEqualTo(SECOND);
        assertThat(gap.lostWithin(0, 2)).isNull();
        assertThat(gap.lostWithin(0, 3)).isEqualTo(FIRST);
        assertThat(gap.lostWithin(5, 7)).isNull();
        assertThat(gap.lostWithin(8, 100)).isNull();
    }

    @Test
    void emptyRangeHoldsNoLoss() {
        AfterGap gap = with(FIRST, SECOND);

        assertThat(gap.lostWithin(4, 4)).isNull();
        assertThat(gap.lostWithin(4, 3)).isNull();
    }

    @Test
    void lossesAreCountedUnlessTheirEndIsUnknown() {
        assertThat(with(FIRST, SECOND).lostCount()).isEqualTo(4);
        assertThat(with(FIRST, new LostSequences(11, 0)).lostCount()).isEqualTo(Long.MAX_VALUE);
        assertThat(with().lostCount()).isZero();
    }

    @Test
    void instantWithoutAnAnchorIsReachedByTheLastTransaction() {
        assertThat(with(FIRST).reachedBy(1_000)).isEqualTo(10);
        assertThat(with(FIRST, new LostSequences(11, 0)).reachedBy(1_000))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void instantIsReachedByTheTransactionBeforeTheNextLaterOne() {
        long first = store.border().position();
        long start = store.header().lastModified();
        for (int number = 1; number <= 3; number++) {
            store.add(HandmadeStore.KEY, 1, 0);
        }
        store.write();
        Anchors anchors = new Anchors();
        anchors.note(1, start + 1, first, true);
        anchors.note(9, start + 100, store.file().size(), true);
        AfterGap gap =
                new AfterGap(
                        store.file(),
                        store.header().identity(),
                        store.file().size(),
                        store.border(),
                        new AfterGap.Losses(List.of(), List.of()),
                        new EntityIndex(),
                        anchors,
                        10);

        assertThat(gap.reachedBy(start)).isZero();
        assertThat(gap.reachedBy(start + 1)).isEqualTo(1);
        assertThat(gap.reachedBy(start + 2)).isEqualTo(2);
        assertThat(gap.reachedBy(start + 3)).isEqualTo(8);
        assertThat(gap.reachedBy(start + 99)).isEqualTo(8);
        assertThat(gap.reachedBy(start + 100)).isEqualTo(10);
    }

    @Test
    void placeIsLostWithinItsStretch() {
        AfterGap gap = with(FIRST);

        assertThat(gap.earliestAt(99)).isNull();
        assertThat(gap.earliestAt(100)).isEqualTo(STRETCH);
        assertThat(gap.earliestAt(199)).isEqualTo(STRETCH);
        assertThat(gap.earliestAt(200)).isNull();
        assertThat(STRETCH.number()).isEqualTo(1);
    }
}
