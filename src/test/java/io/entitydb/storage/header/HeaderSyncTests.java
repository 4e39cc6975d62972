package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

class HeaderSyncTests {

    static final List<Refusal> REFUSALS =
            List.of(
                    new Refusal("generation-left-alone", h -> h.withGeneration(9)),
                    new Refusal(
                            "identity-fixed",
                            h ->
                                    h.withIdentity(
                                            new FileIdentity(
                                                    h.identity().storeId(),
                                                    h.identity().createdAt(),
                                                    new UUID(1, 1),
                                                    h.identity().secret()))),
                    new Refusal("epoch-never-shrinks", h -> h.withEpoch(2)),
                    new Refusal("data-size-never-shrinks", h -> h.withDataSize(4088)),
                    new Refusal("wal-offset-never-shrinks", h -> h.withWalOffset(8192 + 1016)),
                    new Refusal("wal-sequence-never-shrinks", h -> h.withWalSequence(41)),
                    new Refusal(
                            "checkpoint-sequence-never-shrinks", h -> h.withCheckpointSequence(16)),
                    new Refusal(
                            "last-modified-never-shrinks",
                            h -> h.withLastModified(h.lastModified() - 1)),
                    new Refusal("same-transaction-same-digest", h -> h.withLastDigest(Digest.ZERO)),
                    new Refusal(
                            "same-transaction-same-time",
                            h -> h.withLastModified(h.lastModified() + 1)),
                    new Refusal("data-end-in-file", h -> h.withDataSize(1 << 20)));

    private static final Executor THREADS = work -> Thread.ofVirtual().start(work);

    private final List<Header> published = new ArrayList<>();
    private final HeaderSync sync = new HeaderSync(Headers.golden(), published::add);

    @Test
    void startsFromTheHeaderOfTheFile() {
        assertThat(sync.current()).isEqualTo(Headers.golden());
        assertThat(sync.walSequence()).isEqualTo(42);
        assertThat(sync.entityCount()).isEqualTo(5);
        assertThat(sync.walOffset()).isEqualTo(8192 + 1024);
        assertThat(sync.tagDictOffset()).isEqualTo(8192 + 64);
        assertThat(sync.counters()).isEqualTo(new HeaderCounters(1, 0, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void walOffsetZeroIsRefusedBeforeUse() {
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.update(h -> h.withWalOffset(0)))
                .withMessage("wal-offset-not-zero: walOffset is 0");

        assertThat(published).isEmpty();
        assertThat(sync.walOffset()).isEqualTo(8192 + 1024);
        assertThat(sync.counters().walOffsetInvalid()).isOne();
        assertThat(sync.counters().tagDictOffsetInvalid()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 8191, 12289, 1L << 31, Long.MAX_VALUE})
    void walOffsetOutOfRangeIsRefused(long walOffset) {
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.update(h -> h.withWalOffset(walOffset)))
                .returns("wal-offset-in-data", HeaderUpdateRefusedException::rule);

        assertThat(sync.walOffset()).isEqualTo(8192 + 1024);
        assertThat(sync.counters().walOffsetInvalid()).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 8184, 12288, 1L << 31, Long.MAX_VALUE})
    void tagDictOffsetIsValidated(long tagDictOffset) {
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.update(h -> h.withTagDictOffset(tagDictOffset)))
                .withMessageStartingWith("tag-dict-offset-");

        assertThat(sync.tagDictOffset()).isEqualTo(8192 + 64);
        assertThat(sync.counters().tagDictOffsetInvalid()).isOne();
        assertThat(sync.counters().walOffsetInvalid()).isZero();
    }

    @Test
    void headerDamagedInMemoryIsNotUsed() throws Exception {
        Header uninitialised = Headers.uninitialised();
        HeaderSync damaged = new HeaderSync(uninitialised, published::add);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(damaged::walOffset)
                .withMessageContaining("wal-offset-not-zero: walOffset is 0");
        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(damaged::tagDictOffset)
                .withMessageContaining("tag-dict-offset-not-zero: tagDictOffset is 0");
        assertThat(damaged.counters()).isEqualTo(new HeaderCounters(0, 1, 0, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void offsetsBeyondTwoAndTenGibibytesAreValid() {
        for (long end : new long[] {3L << 30, 11L << 30}) {
            sync.update(
                    h ->
                            h.toBuilder()
                                    .fileSize(end)
                                    .dataSize(end - 8192)
                                    .walOffset(end - 64)
                                    .tagDictOffset(end - 128)
                                    .build());

            assertThat(sync.walOffset()).isEqualTo(end - 64);
            assertThat(sync.tagDictOffset()).isEqualTo(end - 128);
        }
    }

    @Test
    void updateIsPublishedWithTheNextGeneration() {
        Header first = sync.update(h -> h.withEntityCount(6));
        Header second = sync.update(h -> h.withDataSize(4104));

        assertThat(first).isEqualTo(Headers.golden().withGeneration(8).withEntityCount(6));
        assertThat(second).isEqualTo(first.withGeneration(9).withDataSize(4104));
        assertThat(published).containsExactly(first, second);
        assertThat(sync.current()).isSameAs(second);
        assertThat(sync.counters().published()).isEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void updateThatBreaksARuleIsRefusedAndChangesNothing(Refusal refusal) {
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.update(refusal.change()))
                .withMessageStartingWith(refusal.rule() + ": ")
                .returns(refusal.rule(), HeaderUpdateRefusedException::rule);

        assertThat(published).isEmpty();
        assertThat(sync.current()).isEqualTo(Headers.golden());
        assertThat(sync.counters().refusedUpdates()).isOne();
        assertThat(sync.update(UnaryOperator.identity()).generation()).isEqualTo(8);
    }

    @Test
    void everyRuleBetweenHeadersIsBrokenByATest() {
        assertThat(REFUSALS)
                .extracting(Refusal::rule)
                .containsAll(HeaderTransition.ALL.stream().map(HeaderTransition::name).toList());
    }

    @Test
    void failedChangeChangesNothing() {
        IllegalCallerException failure = new IllegalCallerException("no");

        assertThatExceptionOfType(IllegalCallerException.class)
                .isThrownBy(
                        () ->
                                sync.update(
                                        h -> {
                                            throw failure;
                                        }))
                .isSameAs(failure);

        assertThat(sync.current()).isEqualTo(Headers.golden());
        assertThat(sync.update(UnaryOperator.identity()).generation()).isEqualTo(8);
    }

    @Test
    void failedPublicationChangesNothingAndIsRepeatedInTheSameSlot() {
        FailingSink sink = new FailingSink();
        HeaderSync failing = new HeaderSync(Headers.golden(), sink);

        for (int failures = 1; failures <= 2; failures++) {
            sink.isFailing = true;
            assertThatExceptionOfType(StorageIoException.class)
                    .isThrownBy(() -> failing.update(h -> h.withWalSequence(50)));
            assertThat(failing.current()).isEqualTo(Headers.golden());
            assertThat(failing.walSequence()).isEqualTo(42);
        }
        sink.isFailing = false;
        failing.update(h -> h.withWalSequence(50));
        failing.update(h -> h.withWalSequence(51));

        assertThat(sink.tried).extracting(Header::generation).containsExactly(8L, 10L, 12L, 13L);
        assertThat(sink.tried).extracting(Header::slot).containsExactly(0, 0, 0, 1);
        assertThat(failing.counters().publishFailed()).isEqualTo(2);
        assertThat(failing.counters().published()).isEqualTo(2);
    }

    @Test
    void publicationThatDiesIsRepeatedInTheSameSlotToo() {
        List<Long> tried = new ArrayList<>();
        HeaderSync dying =
                new HeaderSync(
                        Headers.golden(),
                        next -> {
                            tried.add(next.generation());
                            if (tried.size() == 1) {
                                throw new StackOverflowError();
                            }
                        });

        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> dying.update(UnaryOperator.identity()));
        dying.update(UnaryOperator.identity());

        assertThat(tried).containsExactly(8L, 10L);
    }

    @Test
    void generationsEndBeforeTheyOverflow() {
        HeaderSync last =
                new HeaderSync(Headers.golden().withGeneration(Long.MAX_VALUE), published::add);

        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> last.update(UnaryOperator.identity()))
                .returns("generation-positive", HeaderUpdateRefusedException::rule);
    }

    @Test
    void sequencesEndBeforeTheyOverflow() {
        HeaderSync last =
                new HeaderSync(Headers.golden().withWalSequence(Long.MAX_VALUE), published::add);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(last::nextWalSequence);
        assertThat(last.walSequence()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void updateWithinAnUpdateIsRefused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sync.update(h -> sync.update(UnaryOperator.identity())));

        assertThat(published).isEmpty();
        assertThat(sync.update(UnaryOperator.identity()).generation()).isEqualTo(8);
    }

    @Test
    void sequenceCounterFollowsAPublishedHeader() {
        sync.update(h -> h.withWalSequence(60));

        assertThat(sync.walSequence()).isEqualTo(60);
        assertThat(sync.nextWalSequence()).isEqualTo(61);

        sync.nextWalSequence();
        sync.update(h -> h.withWalSequence(61));

        assertThat(sync.walSequence()).isEqualTo(62);
    }

    @Test
    void entityCountNeverGoesBelowZero() {
        assertThat(sync.addEntities(2)).isEqualTo(7);
        assertThat(sync.addEntities(-7)).isZero();
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.addEntities(-1))
                .returns("entity-count-not-negative", HeaderUpdateRefusedException::rule);
        sync.addEntities(1);
        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.addEntities(Long.MAX_VALUE));

        assertThat(sync.entityCount()).isOne();
        assertThat(sync.counters().refusedUpdates()).isEqualTo(2);
    }

    @Test
    void snapshotAndRestore() {
        HeaderSnapshot snapshot = sync.snapshot();
        sync.nextWalSequence();
        sync.addEntities(3);

        sync.restore(snapshot);

        assertThat(snapshot).isEqualTo(new HeaderSnapshot(Headers.golden(), 42, 5));
        assertThat(sync.snapshot()).isEqualTo(snapshot);
    }

    @Test
    void restoreAfterAPublicationIsRefused() {
        HeaderSnapshot snapshot = sync.snapshot();
        sync.nextWalSequence();
        sync.addEntities(3);
        sync.update(UnaryOperator.identity());

        assertThatExceptionOfType(HeaderUpdateRefusedException.class)
                .isThrownBy(() -> sync.restore(snapshot))
                .withMessage("snapshot-is-current: generation 8 was published after 7");

        assertThat(sync.walSequence()).isEqualTo(43);
        assertThat(sync.entityCount()).isEqualTo(8);
    }

    @Test
    void snapshotOfAnEmptyStoreIsTaken() {
        assertThat(new HeaderSnapshot(Headers.ofNewFile(), 0, 0).entityCount()).isZero();
    }

    @Test
    void snapshotThatNoHeaderCanHaveIsRefused() {
        assertThatExceptionOfType(HeaderRuleException.class)
                .isThrownBy(() -> new HeaderSnapshot(Headers.golden(), 41, 5))
                .returns("counter-not-behind-header", HeaderRuleException::rule);
        assertThatExceptionOfType(HeaderRuleException.class)
                .isThrownBy(() -> new HeaderSnapshot(Headers.golden(), 42, -1))
                .returns("entity-count-not-negative", HeaderRuleException::rule);
    }

    @Test
    void nobodyWaitsForAPublicationOrSeesItTooEarly() {
        List<Object> seen = new ArrayList<>();
        List<HeaderSync> self = new ArrayList<>();
        HeaderSync slow =
                new HeaderSync(
                        Headers.golden(),
                        next ->
                                seen.addAll(
                                        inAnotherThread(
                                                () -> {
                                                    HeaderSync me = self.getFirst();
                                                    return List.of(
                                                            me.current().generation(),
                                                            me.walOffset(),
                                                            me.tagDictOffset(),
                                                            me.nextWalSequence(),
                                                            me.walSequence(),
                                                            me.addEntities(1),
                                                            me.entityCount(),
                                                            me.counters().lockAcquired());
                                                })));
        self.add(slow);

        slow.update(h -> h.withWalOffset(8192 + 2048));

        assertThat(seen).containsExactly(7L, 9216L, 8256L, 43L, 43L, 6L, 6L, 1L);
        assertThat(slow.walOffset()).isEqualTo(8192 + 2048);
    }

    @Test
    void waitingForTheLockIsMeasured() throws Exception {
        CountDownLatch forced = new CountDownLatch(1);
        HeaderSync slow = new HeaderSync(Headers.golden(), next -> awaitLatch(forced));
        long before = System.nanoTime();
        CompletableFuture<Header> update =
                CompletableFuture.supplyAsync(() -> slow.update(UnaryOperator.identity()), THREADS);
        await().until(() -> slow.counters().lockAcquired() == 1);

        CompletableFuture<HeaderSnapshot> snapshot =
                CompletableFuture.supplyAsync(slow::snapshot, THREADS);
        await().until(() -> slow.counters().lockContended() == 1);
        forced.countDown();

        assertThat(snapshot.get(10, TimeUnit.SECONDS).header())
                .isEqualTo(update.get(10, TimeUnit.SECONDS));
        assertThat(slow.counters().lockAcquired()).isEqualTo(2);
        assertThat(slow.counters().lockContended()).isOne();
        assertThat(slow.counters().lockWaitNanos())
                .isPositive()
                .isLessThanOrEqualTo(System.nanoTime() - before);
    }

    private static <T> T inAnotherThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record Refusal(String rule, UnaryOperator<Header> change) {

        @Override
        public String toString() {
            return rule;
        }
    }

    private static final class FailingSink implements HeaderSink {

        private final List<Header> tried = new ArrayList<>();
        private boolean isFailing;

        @Override
        public void publish(Header next) {
            tried.add(next);
            if (isFailing) {
                throw new StorageIoException("force", new IOException("Input/output error"));
            }
        }
    }
}
