package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.LossRecord;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a survey tells of frames behind a gap: transaction 1 stands before it, 2 is damaged. */
class GapSurveyTests {

    /** Most lost ranges, and most stretches, that are told apart. */
    private static final int MOST = 1_024;

    private final HandmadeStore store = new HandmadeStore();
    private final List<String> reasons = new ArrayList<>();
    private long gap;

    @BeforeEach
    void gap() {
        store.add(HandmadeStore.KEY, 1, 0);
        gap = store.border().position();
        store.add(HandmadeStore.OTHER, 1, 0);
        store.write();
    }

    /** Opens the store after the frame of transaction 2 was damaged. */
    private AfterGap survey() {
        store.publish();
        store.flip(gap);
        RecoveredStore opened = store.openReadOnly();
        opened.quarantine().places().stream().map(DamagedPlace::reason).forEach(reasons::add);
        return Objects.requireNonNull(opened.afterGap());
    }

    private void chunk() {
        store.appender().appendChunk(HandmadeStore.KEY, ByteBuffer.allocate(8));
    }

    @Test
    void transactionBehindTheGapIsRead() {
        chunk();
        long third = store.add(HandmadeStore.KEY, 2, Header.DATA_OFFSET);

        AfterGap after = survey();

        assertThat(after.before()).isEqualTo(1);
        assertThat(after.position()).isEqualTo(gap);
        assertThat(after.lost()).containsExactly(new LostSequences(2, 2));
        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(after.index().size()).isEqualTo(1);
        assertThat(store.reader().readVersion(third).sequence()).isEqualTo(3);
        assertThat(reasons).hasSize(1);
    }

    @Test
    void lossBehindTheGapCountsForAllThatItStandsFor() {
        store.appender()
                .appendLoss(
                        new LossRecord(3, store.nextTime(), "tester"),
                        new Commitment(5, store.nextTime()),
                        Digest.ZERO);
        store.add(HandmadeStore.KEY, 1, 0);

        AfterGap after = survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 5));
        assertThat(after.lastSequence()).isEqualTo(6);
    }

    @Test
    void eraseMarkBehindTheGapChangesNothing() {
        store.appender()
                .appendEraseMark(new EraseMark(1, HandmadeStore.KEY, 1, 1, "tester", 0, List.of()));
        store.add(HandmadeStore.KEY, 1, 0);

        AfterGap after = survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 2));
        assertThat(after.lastSequence()).isEqualTo(3);
    }

    /** A frame behind a chunk that says to follow another one. */
    private AfterGap surveyWith(long moreNumber, int otherCrc) {
        chunk();
        store.write();
        FrameChain end = store.border();
        store.continueAt(
                new FrameChain(
                        end.position(),
                        end.frameNumber() + moreNumber,
                        end.crc() ^ otherCrc,
                        end.sequence(),
                        end.commitTime(),
                        end.digest()));
        chunk();
        store.write();
        store.add(HandmadeStore.KEY, 1, 0);
        return survey();
    }

    @Test
    void systemFrameBehindTheGapContinuesTheOneBefore() {
        AfterGap after = surveyWith(0, 0);

        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(reasons).hasSize(1);
    }

    @Test
    void systemFrameOfAnotherNumberIsNoticed() {
        AfterGap after = surveyWith(1, 0);

        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(reasons).hasSize(2).contains("frame 7 follows another frame");
    }

    @Test
    void systemFrameThatNamesAnotherChecksumIsNoticed() {
        AfterGap after = surveyWith(0, 1);

        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(reasons).hasSize(2).contains("frame 6 follows another frame");
    }

    @Test
    void gapUpToTheEndLosesWhatTheHeaderKnows() {
        store.add(HandmadeStore.KEY, 1, 0);
        FrameChain third = store.border();
        store.write();
        store.flip(third.position() - 1);

        AfterGap after = survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(after.lastSequence()).isEqualTo(1);
    }

    @Test
    void gapBehindWhichSomethingStandsMayHaveLostMore() {
        store.publish();
        long end = store.border().position();
        store.file().write(ByteBuffer.wrap(new byte[] {1}), end + 4_096);

        AfterGap after = survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 0));
        assertThat(after.lostCount()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatFollowsManyLossesCountsAsLost() {
        List<Long> records = new ArrayList<>();
        for (int i = 0; i < 2 * MOST + 10; i++) {
            records.add(store.add(HandmadeStore.KEY, 1, 0));
        }
        store.write();
        for (int i = 1; i < records.size(); i += 2) {
            store.flip(records.get(i) + 48);
        }

        AfterGap after = survey();

        long lastTold = 2L * MOST;
        assertThat(after.lost()).hasSize(MOST);
        assertThat(after.lost().getFirst()).isEqualTo(new LostSequences(2, 2));
        assertThat(after.lost().get(MOST - 2))
                .isEqualTo(new LostSequences(lastTold - 2, lastTold - 2));
        assertThat(after.lost().getLast()).isEqualTo(new LostSequences(lastTold, 0));
        assertThat(after.lostCount()).isEqualTo(Long.MAX_VALUE);
        assertThat(after.lastSequence()).isEqualTo(lastTold - 1);
    }

    @Test
    void placesAreToldOfAsManyStretchesAsThereIsRoomFor() {
        List<Long> records = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            records.add(store.appender().appendChunk(HandmadeStore.KEY, ByteBuffer.allocate(8)));
        }
        store.write();
        records.forEach(record -> store.flip(record + 48));
        store.add(HandmadeStore.KEY, 1, 0);

        AfterGap after = survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 2));
        assertThat(after.earliestAt(records.getFirst())).isNotNull();
        assertThat(after.earliestAt(records.get(MOST - 2))).isNotNull();
        assertThat(after.earliestAt(records.getLast())).isNull();
    }
}
