package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.SequencePositions;
import io.entitydb.storage.log.TagDictionary;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Whether a log leads to what the index image and the header know. */
class ReplayTests {

    private final HandmadeStore store = new HandmadeStore();
    private final FrameChain empty = store.border();
    private final FrameChain first;

    ReplayTests() {
        store.add(HandmadeStore.KEY, 1, 0);
        first = store.border();
        store.add(HandmadeStore.OTHER, 1, 0);
        store.publish();
    }

    private Replay replay(FrameChain from, long entities, CoveredTransaction covered) {
        return new Replay(
                store.frames(),
                store.reader(),
                store.header(),
                new ReplayStart(new EntityIndex(), from, entities, covered),
                new SequencePositions());
    }

    private FrameRead.Broken run(Replay replay) {
        return replay.run(store.file().size(), at -> {});
    }

    private CoveredTransaction last() {
        return new CoveredTransaction(2, store.border().digest());
    }

    @Test
    void logHoldsWhatWasCovered() {
        Replay replay = replay(first, 1, last());

        FrameRead.Broken stop = run(replay);

        assertThat(stop.position()).isEqualTo(store.border().position());
        assertThat(replay.isCovered()).isTrue();
        assertThat(replay.transactions()).isEqualTo(1);
        assertThat(replay.entityCount()).isEqualTo(2);
        assertThat(replay.chain()).isEqualTo(store.border());
    }

    @Test
    void transactionOfTheNumberButOfAnotherHistoryIsNotCovered() {
        Replay replay = replay(first, 1, new CoveredTransaction(2, Digest.ZERO));

        run(replay);

        assertThat(replay.isCovered()).isFalse();
    }

    @Test
    void transactionThatTheLogDoesNotReachIsNotCovered() {
        Replay replay = replay(first, 1, new CoveredTransaction(3, store.border().digest()));

        run(replay);

        assertThat(replay.isCovered()).isFalse();
    }

    @Test
    void otherCountAtTheEndThatTheHeaderKnowsIsNotCovered() {
        Replay replay = replay(first, 5, last());

        FrameRead.Broken stop = run(replay);

        assertThat(stop.reason()).isEqualTo("header and log disagree about their common end");
        assertThat(replay.isCovered()).isFalse();
    }

    @Test
    void startThatDisagreesWithTheHeaderIsNotGoneOnFrom() {
        Replay replay = replay(store.border(), 1, last());
        store.add(HandmadeStore.KEY, 2, empty.position());
        store.write();

        FrameRead.Broken stop = run(replay);

        assertThat(stop.reason()).isEqualTo("header and log disagree about their common end");
        assertThat(replay.transactions()).isZero();
    }

    @Test
    void frameThatFollowsAnotherOneEndsTheReplay() {
        Replay replay = replay(store.border(), 2, last());
        FrameChain end = store.border();
        store.continueAt(
                new FrameChain(
                        end.position(),
                        end.frameNumber(),
                        end.crc() + 1,
                        end.sequence(),
                        end.commitTime(),
                        end.digest()));
        store.add(HandmadeStore.KEY, 2, empty.position());
        store.write();

        FrameRead.Broken stop = run(replay);

        assertThat(stop.position()).isEqualTo(end.position());
        assertThat(stop.reason()).isEqualTo("frame 5 follows another frame 4");
    }

    @Test
    void eraseMarkTakesFromTheNumberOfLivingEntities() {
        Replay replay = replay(store.border(), 2, last());
        store.appender()
                .appendEraseMark(
                        new EraseMark(1, HandmadeStore.KEY, 1, 1, "tester", -1, List.of()));
        store.appender().appendDictionary();
        store.write();

        run(replay);

        assertThat(replay.entityCount()).isEqualTo(1);
        assertThat(replay.dictionaryFrame()).isNotNull();
        assertThat(replay.dictionaryFrame().end()).isEqualTo(store.border().position());
    }

    @Test
    void nothingButTheHeaderProvesWhatNoLaterFrameTells() {
        Replay replay = replay(first, 1, last());
        FrameChain known = store.border();
        store.add(HandmadeStore.KEY, 2, empty.position());
        store.write();

        run(replay);

        assertThat(replay.chain()).isEqualTo(store.border());
        assertThat(replay.provenEnd()).isEqualTo(known.position());
    }

    @Test
    void framesProveThoseBeforeThatTheyKnowToBeDurable() {
        FrameChain known = store.border();
        store.add(HandmadeStore.KEY, 2, empty.position());
        FrameChain third = store.border();
        store.write();
        store.appender().begin(third, third.frameNumber(), store.header().generation());
        store.add(HandmadeStore.OTHER, 2, empty.position());
        store.write();
        Replay replay = replay(first, 1, new CoveredTransaction(1, first.digest()));

        run(replay);

        assertThat(third.position()).isGreaterThan(known.position());
        assertThat(replay.provenEnd()).isEqualTo(third.position());
        assertThat(replay.durableFrame()).isEqualTo(third.frameNumber());
        assertThat(replay.headerGeneration()).isEqualTo(store.header().generation());
    }

    @Test
    void versionThatTheImageHadEarlyStays() {
        HandmadeStore made = new HandmadeStore();
        long one = made.add(HandmadeStore.KEY, 1, 0);
        FrameChain image = made.border();
        long two = made.add(HandmadeStore.KEY, 2, one);
        long three = made.add(HandmadeStore.KEY, 3, two);
        made.publish();
        EntityIndex index = new EntityIndex();
        long hash = new KeyHash(made.header().identity().secret()).of(HandmadeStore.KEY);
        index.insert(hash, three);
        Replay replay =
                new Replay(
                        made.frames(),
                        made.reader(),
                        made.header(),
                        new ReplayStart(
                                index, image, 1, new CoveredTransaction(3, made.border().digest())),
                        new SequencePositions());

        replay.run(made.file().size(), at -> {});

        assertThat(index.size()).isEqualTo(1);
        assertThat(index.find(hash, position -> true)).isEqualTo(three);
    }

    @Test
    void progressIsToldAtEachFrame() {
        List<Long> told = new ArrayList<>();

        replay(first, 1, last()).run(store.file().size(), told::add);

        assertThat(told).containsExactly(first.position(), store.border().position());
    }

    @Test
    void placesOfSomeTransactionsAreRemembered() {
        HandmadeStore made = new HandmadeStore();
        FrameChain start = made.border();
        long position = 0;
        while (made.border().sequence() < 256) {
            position = made.border().position();
            made.add(HandmadeStore.KEY, 1, 0);
        }
        made.publish();
        SequencePositions positions = new SequencePositions();
        CoveredTransaction none = new CoveredTransaction(0, Digest.ZERO);
        Replay replay =
                new Replay(
                        made.frames(),
                        made.reader(),
                        made.header(),
                        new ReplayStart(new EntityIndex(), start, 0, none),
                        positions);

        replay.run(made.file().size(), at -> {});

        assertThat(positions.before(300)).isEqualTo(position);
    }

    @Test
    void transactionWhoseWordsAreUnknownEndsTheReplay() {
        Reader wordless =
                new Reader(
                        store.file(),
                        new Checksum(store.header().identity()),
                        new TagDictionary(),
                        store.file().size());
        ReplayStart start = new ReplayStart(new EntityIndex(), first, 1, last());
        Replay replay =
                new Replay(
                        store.frames(), wordless, store.header(), start, new SequencePositions());

        FrameRead.Broken stop = replay.run(store.file().size(), at -> {});

        assertThat(stop.position()).isEqualTo(first.position());
        assertThat(stop.reason()).contains("word");
        assertThat(stop.isUnreadable()).isFalse();
        assertThat(replay.transactions()).isZero();
    }
}
