package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.log.RecordLayout;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.WrittenLog;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/**
 * Which frames behind a gap count, where some are damaged themselves or continue others than those
 * before them. Transaction 1 stands before the gap, 2 within.
 */
class GapDoubtTests {

    private static final LostSequences SECOND = new LostSequences(2, 2);

    private final GapScene scene = new GapScene();

    @Test
    void framesThatContinueEachOtherAreAllRead() {
        scene.add();
        long fourth = scene.add();

        AfterGap after = scene.survey();

        KeyHash hash = new KeyHash(scene.store().header().identity().secret());
        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(4);
        assertThat(after.index().size()).isEqualTo(1);
        assertThat(after.index().find(hash.of(HandmadeStore.KEY), position -> true))
                .isEqualTo(fourth + FrameLayout.HEADER_BYTES);
        assertThat(scene.places()).hasSize(1);
    }

    @Test
    void frameThatTheNextOneDoesNotContinueDoesNotCount() {
        scene.add();
        scene.breakChain();
        long fourth = scene.add();

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(after.lastSequence()).isEqualTo(4);
        DamagedPlace place = scene.places().getLast();
        assertThat(place.position()).isEqualTo(fourth);
        assertThat(place.length()).isEqualTo(scene.end() - fourth);
        assertThat(place.sequence()).isEqualTo(4);
        assertThat(place.reason()).isEqualTo("frame 6 follows another frame 5");
    }

    @Test
    void nothingIsLostWithASystemFrameThatTheNextOneDoesNotContinue() {
        scene.add();
        scene.chunk();
        scene.breakChain();
        scene.add();

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(4);
        assertThat(scene.places()).hasSize(2);
    }

    @Test
    void doubtLosesATransactionThoughNoneFollows() {
        scene.store().publish();
        scene.add();
        scene.breakChain();
        scene.chunk();

        AfterGap after = scene.surveyAsPublished();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(after.lastSequence()).isEqualTo(1);
    }

    @Test
    void frameInDoubtIsGoneOnFromByItsNumberAndChecksumOnly() {
        scene.add();
        scene.breakChain();
        scene.chunk();
        scene.continueAfter(5);
        scene.add();

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 5));
        assertThat(after.lastSequence()).isEqualTo(6);
        assertThat(scene.places()).hasSize(2);
    }

    @Test
    void transactionsAreComparedAgainBehindTheFirstOneThatIsRead() {
        scene.add();
        scene.continueAfter(5);
        long sixth = scene.add();

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 5));
        assertThat(scene.places().getLast().position()).isEqualTo(sixth);
        assertThat(scene.reasons().getLast()).isEqualTo("transaction 6 follows transaction 3");
    }

    @Test
    void chainGoesOnBehindAFrameOfWhichOnlyTheRecordIsDamaged() {
        long third = scene.add();
        scene.add();
        scene.loseRecord(third);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(after.lastSequence()).isEqualTo(4);
        assertThat(scene.reasons()).hasSize(2).endsWith("record 0 of frame 5 differs");
    }

    @Test
    void chainThatIsBrokenBehindADamagedRecordIsNoticed() {
        long third = scene.add();
        scene.breakChain();
        scene.add();
        scene.loseRecord(third);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(scene.reasons()).hasSize(3).endsWith("frame 6 follows another frame 5");
    }

    @Test
    void nothingIsKnownOfTheChainBehindADamagedTrailer() {
        scene.add();
        scene.add();
        long end = scene.end();
        scene.add();
        scene.loseTrailer(end);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND, new LostSequences(4, 4));
        assertThat(after.lastSequence()).isEqualTo(5);
        assertThat(scene.reasons()).hasSize(2).endsWith("trailer differs of frame 6");
    }

    @Test
    void damagedSystemFrameLosesNothing() {
        long chunk = scene.chunk();
        scene.add();
        scene.loseRecord(chunk);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(scene.places()).hasSize(2);
    }

    @Test
    void transactionThatDoesNotGrowCameLate() {
        scene.add();
        long lostChunk = scene.chunk();
        scene.continueAfter(2);
        long late = scene.add();
        scene.loseHeader(lostChunk);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(3);
        assertThat(scene.places().getLast().position()).isEqualTo(late);
        assertThat(scene.reasons().getLast()).contains("transaction 3 comes late");
        assertThat(after.index().size()).isEqualTo(1);
    }

    /** The first frame behind the border is whole and says to follow another one. */
    private AfterGap withDoubtAtTheBorder(HandmadeStore store) {
        store.breakChain();
        store.add(HandmadeStore.OTHER, 1, 0);
        store.publish();
        return Objects.requireNonNull(store.openReadOnly().afterGap());
    }

    @Test
    void lastTransactionBeforeTheBorderDoesNotCountIfNoFrameContinuesIt() {
        HandmadeStore store = new HandmadeStore();
        store.add(HandmadeStore.KEY, 1, 0);

        AfterGap after = withDoubtAtTheBorder(store);

        assertThat(after.before()).isEqualTo(1);
        assertThat(after.lost()).containsExactly(new LostSequences(1, 1));
        assertThat(after.lastSequence()).isEqualTo(2);
    }

    @Test
    void noTransactionIsLostWithAFrameOfTheSystemBeforeTheBorder() {
        AfterGap after = withDoubtAtTheBorder(new HandmadeStore());

        assertThat(after.before()).isZero();
        assertThat(after.lost()).isEmpty();
        assertThat(after.lastSequence()).isEqualTo(1);
    }

    @Test
    void lossIsReckonedThoughNothingFollowsIt() {
        HandmadeStore store = scene.store();
        store.publish();
        store.appender()
                .appendLoss(
                        new LossRecord(3, store.nextTime(), "tester"),
                        new Commitment(5, store.nextTime()),
                        Digest.ZERO);

        AfterGap after = scene.surveyAsPublished();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 5));
        assertThat(after.lastSequence()).isEqualTo(1);
    }

    /** Behind the gap: words, and a transaction that needs them. */
    private long withNewWords() {
        long dictionary = scene.end();
        scene.store().add(GapScene.ELSEWHERE, 1, 0);
        return dictionary;
    }

    @Test
    void wordsThatAreLostInAGapAreTakenFromALaterCopy() {
        long dictionary = withNewWords();
        scene.store().appender().appendDictionary();
        scene.loseHeader(dictionary);

        AfterGap after = scene.survey();

        assertThat(after.lost()).containsExactly(SECOND);
        assertThat(after.lastSequence()).isEqualTo(3);
    }

    @Test
    void transactionIsLostIfItsWordsAre() {
        scene.store().publish();
        long dictionary = withNewWords();
        scene.loseHeader(dictionary);

        AfterGap after = scene.surveyAsPublished();

        assertThat(after.lost()).containsExactly(new LostSequences(2, 3));
        assertThat(after.lastSequence()).isEqualTo(1);
        assertThat(after.index().size()).isZero();
        assertThat(scene.places()).hasSize(2);
        assertThat(scene.places().getLast().sequence()).isEqualTo(3);
    }

    @Test
    void copyThatContradictsOthersIsTold() {
        HandmadeStore store = scene.store();
        store.publish();
        FrameAppender appender =
                new FrameAppender(
                        store.header().identity(), new TagDictionary(), 4_096, store.border());
        appender.begin(store.border(), 0, store.header().generation());
        appender.append(
                List.of(WrittenLog.draft(GapScene.ELSEWHERE, 1, 0)),
                new Commitment(3, store.nextTime()));
        store.file().write(appender.bytes(), store.border().position());

        AfterGap after = scene.surveyAsPublished();

        assertThat(scene.places().get(1).position()).isEqualTo(store.border().position());
        assertThat(scene.reasons().get(1)).startsWith("dictionary changes word 1");
        assertThat(after.lost()).first().isEqualTo(SECOND);
    }

    @Test
    void storeWithoutAFrameOfItsHeaderIsRefused() {
        HandmadeStore store = new HandmadeStore();
        store.flip(Header.DATA_OFFSET + FrameLayout.LENGTH);

        assertThatThrownBy(store::openReadOnly)
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.edb has no frame that verifies with its header");
        assertThat(store.disk().openFiles()).isEqualTo(1);
    }

    @Test
    void oneFrameWithADamagedRecordShowsThatTheHeaderIsTheFiles() {
        HandmadeStore store = new HandmadeStore();
        store.flip(Header.DATA_OFFSET + FrameLayout.HEADER_BYTES + RecordLayout.CRC);

        RecoveredStore opened = store.openReadOnly();

        assertThat(opened.afterGap()).isNotNull();
        assertThat(opened.afterGap().lost()).isEmpty();
    }

    @Test
    void oneWholeFrameShowsThatTheHeaderIsTheFiles() {
        HandmadeStore store = new HandmadeStore();
        store.add(HandmadeStore.KEY, 1, 0);
        store.publish();
        store.flip(Header.DATA_OFFSET + FrameLayout.LENGTH);

        RecoveredStore opened = store.openReadOnly();

        assertThat(opened.afterGap()).isNotNull();
        assertThat(opened.afterGap().lastSequence()).isEqualTo(1);
        assertThat(opened.afterGap().lost()).isEmpty();
    }
}
