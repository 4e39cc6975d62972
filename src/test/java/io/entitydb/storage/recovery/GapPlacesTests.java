package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.log.VersionStamp;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Where gaps begin and end, in the file and in time, and what the end of the log tells. Transaction
 * 1 stands before the first gap, 2 within.
 */
class GapPlacesTests {

    private static final LostSequences SECOND = new LostSequences(2, 2);

    private final GapScene scene = new GapScene();

    private static void requireStamp(VersionStamp stamp, long sequence, long commitTime) {
        assertThat(stamp.sequence()).isEqualTo(sequence);
        assertThat(stamp.commitTime()).isEqualTo(commitTime);
    }

    @Test
    void gapIsAsLongAsTheBytesThatAreLost() {
        long end = scene.end();
        scene.add();

        AfterGap after = scene.survey();

        DamagedPlace place = scene.places().getFirst();
        assertThat(place.position()).isEqualTo(scene.gap());
        assertThat(place.length()).isEqualTo(end - scene.gap());
        assertThat(place.sequence()).isZero();
        assertThat(place.part()).isEqualTo(DamagedPlace.Part.FRAME);
        assertThat(after.earliestAt(scene.gap())).isNotNull();
        assertThat(after.earliestAt(end - 1)).isNotNull();
        assertThat(after.earliestAt(end)).isNull();
    }

    @Test
    void whatIsLostCameAfterTheLastTransactionThatWasRead() {
        scene.add();
        long time = scene.store().border().commitTime();
        long fourth = scene.add();
        long fifth = scene.add();
        scene.loseHeader(fourth);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND, new LostSequences(4, 4));
        requireStamp(Objects.requireNonNull(after.earliestAt(fourth)), 4, time + 1);
        assertThat(after.earliestAt(fifth)).isNull();
    }

    @Test
    void whatIsLostInAFrameBelongsToItsTransaction() {
        scene.add();
        long time = scene.store().border().commitTime();
        scene.continueAfter(7);
        long eighth = scene.add();
        scene.loseRecord(eighth);

        AfterGap after = scene.survey();

        requireStamp(Objects.requireNonNull(after.earliestAt(eighth)), 8, time + 1);
    }

    @Test
    void instantIsReachedByWhatWasReadAndByWhatMayHaveStoodInTheGap() {
        long start = scene.store().border().commitTime() - 1;
        scene.add();
        scene.add();
        long fifth = scene.add();
        scene.add();
        scene.loseHeader(fifth);

        AfterGap after = scene.survey();

        assertThat(after.reachedBy(start)).isEqualTo(2);
        assertThat(after.reachedBy(start + 1)).isEqualTo(2);
        assertThat(after.reachedBy(start + 2)).isEqualTo(3);
        assertThat(after.reachedBy(start + 3)).isEqualTo(5);
        assertThat(after.reachedBy(start + 4)).isEqualTo(5);
        assertThat(after.reachedBy(start + 5)).isEqualTo(6);
    }

    @Test
    void bytesBehindTheEndThatTheHeaderKnowsAreATornTail() {
        scene.add();
        scene.store().publish();
        scene.store().file().write(ByteBuffer.wrap(new byte[] {1}), scene.end());

        AfterGap after = scene.surveyAsPublished();

        assertThat(scene.places()).hasSize(1);
        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.earliestAt(scene.end())).isNull();
    }

    @Test
    void gapUpToTheEndBehindWhichAllIsBlankLosesWhatTheHeaderKnows() {
        long third = scene.add();
        scene.loseHeader(third);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(scene.places()).hasSize(1);
        assertThat(scene.places().getFirst().length())
                .isEqualTo(scene.store().file().size() - scene.gap());
    }

    @Test
    void nothingMoreIsLostWhereAllIsReadThatTheHeaderKnows() {
        scene.add();
        long chunk = scene.chunk();
        scene.loseHeader(chunk);
        scene.store().file().write(ByteBuffer.wrap(new byte[] {1}), scene.end() + 4_096);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(scene.places()).hasSize(2);
    }
}
