package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Which image of the index is gone on from, and what is told of one that is not. */
class ImageChoiceTests {

    private static final int FIRST_WORD =
            FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES + Integer.BYTES;

    private final HandmadeStore store = new HandmadeStore();
    private final EntityIndex index = new EntityIndex();
    private FrameChain first;
    private FrameChain second;
    private long record;

    @BeforeEach
    void twoTransactions() {
        long earlier = store.add(HandmadeStore.KEY, 1, 0);
        first = store.border();
        record = store.add(HandmadeStore.OTHER, 1, 0);
        second = store.border();
        KeyHash hash = new KeyHash(store.header().identity().secret());
        index.replay(hash.of(HandmadeStore.KEY), 0, earlier, position -> false);
    }

    /** An image of the first transaction, from whose border the log is replayed. */
    private void imageOfTheFirst() {
        store.image(index, first, 1, new CoveredTransaction(1, first.digest()));
    }

    /** An image of both. */
    private void imageOfBoth() {
        KeyHash hash = new KeyHash(store.header().identity().secret());
        index.replay(hash.of(HandmadeStore.OTHER), 0, record, position -> false);
        store.image(index, second, 2, new CoveredTransaction(2, second.digest()));
    }

    private static void requireRebuilt(RecoveredStore opened, String reason) {
        assertThat(opened.findings().isIndexRebuilt()).isTrue();
        assertThat(opened.findings().indexProblem()).isEqualTo(reason);
        assertThat(opened.findings().damage()).isNull();
        assertThat(opened.findings().replayedTransactions()).isEqualTo(2);
        assertThat(opened.index().size()).isEqualTo(2);
    }

    private static void requireUsed(RecoveredStore opened, FrameChain border) {
        assertThat(opened.findings().isIndexRebuilt()).isFalse();
        assertThat(opened.findings().indexProblem()).isNull();
        assertThat(opened.indexBorder()).isEqualTo(border);
    }

    @Test
    void logIsReplayedFromTheImageOnWithTheWordsThatTheHeaderNames() {
        imageOfTheFirst();
        store.publish();

        RecoveredStore opened = store.open();

        requireUsed(opened, first);
        assertThat(opened.index().size()).isEqualTo(2);
        assertThat(opened.findings().replayedTransactions()).isEqualTo(1);
        assertThat(opened.findings().replayedBytes())
                .isEqualTo(second.position() - first.position());
        assertThat(opened.reader().readVersion(record).key(opened.reader().dictionary()))
                .isEqualTo(HandmadeStore.OTHER);
    }

    @Test
    void wordsAreLoadedThoughNothingIsReplayed() {
        imageOfBoth();
        store.publish();

        RecoveredStore opened = store.open();

        requireUsed(opened, second);
        assertThat(opened.reader().readVersion(record).key(opened.reader().dictionary()))
                .isEqualTo(HandmadeStore.OTHER);
    }

    @Test
    void headerKeepsItsWordsWhereTheReplayMeetsNone() {
        imageOfBoth();
        store.publish();
        store.add(HandmadeStore.KEY, 2, 0);
        store.write();

        Header settled = store.open().headerSync().current();

        assertThat(settled.walSequence()).isEqualTo(3);
        assertThat(settled.tagDictOffset()).isEqualTo(store.words().position());
        assertThat(settled.tagDictSize()).isEqualTo(store.words().length());
    }

    @Test
    void imageOfTheLastCheckpointServes() {
        imageOfTheFirst();
        store.publish(this::checkpointAtTheFirst);

        requireUsed(store.open(), first);
    }

    private Header checkpointAtTheFirst(Header header) {
        return header.toBuilder().walOffset(first.position()).checkpointSequence(1).build();
    }

    @Test
    void imageBeforeTheLastCheckpointDoesNotServe() {
        FrameChain start = StoreCreation.emptyChain(store.header().identity());
        store.image(new EntityIndex(), start, 0, new CoveredTransaction(0, Digest.ZERO));
        store.publish(this::checkpointAtTheFirst);

        requireRebuilt(store.open(), "image is older than the checkpoint of the header");
    }

    @Test
    void imageBehindTheEndThatTheHeaderKnowsDoesNotServe() {
        store.write();
        imageOfBoth();

        requireRebuilt(store.open(), "image covers more than the header knows");
    }

    @Test
    void imageOfTransactionsThatTheLogLacksDoesNotServe() {
        store.image(index, first, 1, new CoveredTransaction(2, first.digest()));
        store.publish();

        requireRebuilt(store.open(), "log does not hold what the image covers");
    }

    @Test
    void damagedWordsAreReplacedByACopyAndTold() {
        store.appender().appendDictionary();
        store.write();
        FrameChain end = store.border();
        store.publish();
        KeyHash hash = new KeyHash(store.header().identity().secret());
        index.replay(hash.of(HandmadeStore.OTHER), 0, record, position -> false);
        store.image(index, end, 2, new CoveredTransaction(2, end.digest()));
        store.flip(store.words().position() + FIRST_WORD + 2);

        RecoveredStore opened = store.open();

        requireUsed(opened, end);
        assertThat(opened.reader().readVersion(record).key(opened.reader().dictionary()))
                .isEqualTo(HandmadeStore.OTHER);
        DamagedPlace place = opened.quarantine().places().getFirst();
        assertThat(place.part()).isEqualTo(DamagedPlace.Part.DICTIONARY);
        assertThat(place.position()).isEqualTo(store.words().position());
        assertThat(place.length()).isEqualTo(store.words().length());
        assertThat(place.finder()).isEqualTo(DamagedPlace.Finder.OPENING);
    }

    @Test
    void damagedWordsWithoutACopyLeadToTheWholeLog() {
        imageOfBoth();
        store.publish();
        store.flip(store.words().position() + FIRST_WORD + 2);

        RecoveredStore opened = store.open();

        assertThat(opened.findings().isIndexRebuilt()).isTrue();
        assertThat(opened.findings().indexProblem()).contains("entities.edb");
        assertThat(opened.findings().damage()).isNotNull();
        assertThat(opened.wal().tail().position()).isEqualTo(store.words().position());
    }

    @Test
    void imageServesWhereTheWholeLogLeadsNoFurther() {
        imageOfTheFirst();
        store.publish();
        store.flip(record + 8);

        RecoveredStore opened = store.open();

        requireUsed(opened, first);
        assertThat(opened.findings().damage()).isNotNull();
        assertThat(opened.findings().replayedBytes()).isZero();
    }

    private List<String> progress() {
        List<String> told = new ArrayList<>();
        new Recovery(store.disk(), HandmadeStore.OPTIONS)
                .run((done, total) -> told.add(done + " of " + total));
        return told;
    }

    @Test
    void progressIsToldInBytesBehindTheImage() {
        imageOfTheFirst();
        store.publish();
        long bytes = second.position() - first.position();

        assertThat(progress()).containsExactly("0 of " + bytes, bytes + " of " + bytes);
    }

    @Test
    void progressGoesOnBehindTheEndThatTheHeaderKnows() {
        imageOfTheFirst();
        store.publish();
        store.add(HandmadeStore.KEY, 2, 0);
        store.write();
        long known = second.position() - first.position();
        long all = store.border().position() - first.position();

        assertThat(progress())
                .containsExactly("0 of " + known, known + " of " + known, all + " of " + all);
    }
}
