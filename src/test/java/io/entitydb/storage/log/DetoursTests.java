package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Ways around damaged versions, and for how long they are remembered. */
@Timeout(60)
class DetoursTests {

    private static final int MOST_KNOWN = 1_024;

    private final WrittenLog log = new WrittenLog();
    private final long first = log.add(WrittenLog.KEY, 1, 0);
    private final long second = log.add(WrittenLog.KEY, 2, first);
    private final long third = log.add(WrittenLog.KEY, 3, second);
    private final byte[] bytes = log.bytes();
    private final AtomicInteger reads = new AtomicInteger();
    private final DiskFile counting =
            new ForwardingFile(log.file(bytes)) {
                @Override
                public void read(long position, byte[] target, int offset, int length) {
                    reads.incrementAndGet();
                    super.read(position, target, offset, length);
                }
            };

    private Detours detours(DiskFile file) {
        return new Detours(log.reader(file));
    }

    private static Detours.Damaged damaged(long position, long number) {
        return new Detours.Damaged(WrittenLog.KEY, position, number);
    }

    private void flip(long record) {
        bytes[log.index(record) + RecordLayout.BODY] ^= 1;
    }

    /** Damages the pointer to the version before, so that only a search tells it. */
    private void bend(long record) {
        bytes[log.index(record) + RecordLayout.PREVIOUS_POSITION] ^= 8;
    }

    @Test
    void damagedVersionTellsTheOneBefore() {
        flip(third);
        Detours detours = detours(counting);

        assertThat(detours.before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(detours.before(damaged(third, 0)))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(detours.before(damaged(first, 1))).isEqualTo(new Predecessor.None());
        assertThat(detours.before(damaged(first, 0))).isEqualTo(new Predecessor.None());
    }

    /** Changes a number within a record; its checksum does not fit any more. */
    private void set(long record, int field, long value) {
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(log.index(record) + field, value);
    }

    private Predecessor beforeTheNewest() {
        return detours(counting).before(damaged(third, 0));
    }

    /** A record that says to be the first version of its entity. */
    private void pretendToBeFirst() {
        set(third, RecordLayout.PREVIOUS_POSITION, 0);
        set(third, RecordLayout.JUMP_POSITION, 0);
        set(third, RecordLayout.VERSION, 1);
        set(third, RecordLayout.CREATED_AT, 3_000);
    }

    @Test
    void newestVersionThatTellsInAllFieldsToBeTheFirstIsBelieved() {
        pretendToBeFirst();

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.None());
    }

    @ParameterizedTest
    @CsvSource({
        RecordLayout.SEQUENCE + ", 4",
        RecordLayout.COMMIT_TIME + ", 3001",
        RecordLayout.VERSION + ", 3",
        RecordLayout.JUMP_POSITION + ", 8",
        RecordLayout.CREATED_AT + ", 2999"
    })
    void oneFieldThatDoesNotFitLeadsToASearch(int field, long value) {
        pretendToBeFirst();
        set(third, field, value);

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void versionWhoseNumberIsKnownIsNotTheFirst() {
        pretendToBeFirst();

        assertThat(detours(counting).before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void nothingIsBelievedOfARecordWhoseFrameIsLost() {
        pretendToBeFirst();
        bytes[log.index(third) - FrameLayout.HEADER_BYTES + FrameLayout.LENGTH] ^= 1;

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(second, false));
    }

    /** A record that says to follow the first version. */
    private void pretendToBeSecond() {
        set(third, RecordLayout.PREVIOUS_POSITION, first);
        set(third, RecordLayout.VERSION, 2);
    }

    @Test
    void newestVersionThatTellsInAllFieldsWhatItFollowsIsBelieved() {
        pretendToBeSecond();

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(first, true));
    }

    @ParameterizedTest
    @CsvSource({
        RecordLayout.SEQUENCE + ", 4",
        RecordLayout.COMMIT_TIME + ", 3001",
        RecordLayout.VERSION + ", 3",
        RecordLayout.VERSION + ", 1"
    })
    void pointerIsNotBelievedWhereAnotherFieldDoesNotFit(int field, long value) {
        pretendToBeSecond();
        set(third, field, value);

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void pointerIsNotBelievedWhereTheFrameIsLost() {
        pretendToBeSecond();
        bytes[log.index(third) - FrameLayout.HEADER_BYTES + FrameLayout.LENGTH] ^= 1;

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(second, false));
    }

    @Test
    void pointerIsFollowedToTheNumberThatIsMissingOnly() {
        pretendToBeSecond();
        Detours detours = detours(counting);

        assertThat(detours.before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(detours.before(damaged(third, 2))).isEqualTo(new Predecessor.Found(first, true));
    }

    @Test
    void pointerToAnotherEntityIsNotFollowed() {
        long other = log.add(WrittenLog.OTHER, 1, 0);
        long fourth = log.add(WrittenLog.KEY, 2, other);
        byte[] all = log.bytes();
        all[log.index(fourth) + RecordLayout.BODY] ^= 1;

        assertThat(detours(log.file(all)).before(damaged(fourth, 0)))
                .isEqualTo(new Predecessor.Found(third, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {8, LogForgery.START - 8, Long.MAX_VALUE, -8})
    void pointerOutOfTheLogIsNotFollowed(long position) {
        set(third, RecordLayout.PREVIOUS_POSITION, position);

        assertThat(beforeTheNewest()).isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void pointerThatDoesNotLeadBackIsNotFollowed() {
        long fourth = log.add(WrittenLog.KEY, 2, third);
        byte[] all = log.bytes();
        int at = log.index(third);
        ByteBuffer fields = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        fields.putLong(at + RecordLayout.PREVIOUS_POSITION, fourth);

        assertThat(detours(log.file(all)).before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void searchGoesOnWhereTheDeviceCannotReadTheRecord() {
        DiskFile file = new HoledFile(log.file(bytes), third, third + 8);

        assertThat(detours(file).before(damaged(third, 0)))
                .isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void whatWasFoundIsNotLookedForAgain() {
        bend(third);
        Detours detours = detours(counting);
        Predecessor found = detours.before(damaged(third, 3));
        int searched = reads.getAndSet(0);

        assertThat(detours.before(damaged(third, 3))).isEqualTo(found);
        assertThat(reads.get()).isLessThan(searched).isEqualTo(2);
    }

    @Test
    void whatWasFoundAndIsDamagedSinceIsLookedForAgain() {
        bend(third);
        Detours detours = detours(counting);
        assertThat(detours.before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(second, true));

        flip(second);

        assertThat(detours.before(damaged(third, 3)))
                .isEqualTo(new Predecessor.Found(first, false));
    }

    @Test
    void framesAreForgottenWhenTheyAreMany() {
        Detours detours = detours(counting);
        FrameHeader frame = detours.frameOf(second);
        assertThat(frame).isNotNull();
        assertThat(frame.end()).isEqualTo(third - FrameLayout.HEADER_BYTES);
        for (int i = 0; i < MOST_KNOWN - 1; i++) {
            detours.frameOf(log.end() + 8L * i);
        }
        reads.set(0);
        assertThat(detours.frameOf(second)).isEqualTo(frame);
        assertThat(reads).hasValue(0);

        for (int i = 0; i < MOST_KNOWN; i++) {
            detours.frameOf(log.end() + 8L * (MOST_KNOWN + i));
        }
        reads.set(0);

        assertThat(detours.frameOf(second)).isEqualTo(frame);
        assertThat(reads).hasPositiveValue();
    }

    @Test
    void chunkIsOfNoTransaction() {
        List<byte[]> pieces = List.of(new byte[8]);
        log.add(RecordScene.draft(4, third, pieces.getFirst(), new DraftContent.Chunks(pieces)));
        Detours detours = detours(log.file(log.bytes()));

        assertThat(detours.frameOf(third)).isNotNull();
        assertThat(
                        detours.frameOf(
                                third
                                        + log.reader().readRecord(third).bytes().length
                                        + FrameLayout.TRAILER_BYTES
                                        + FrameLayout.HEADER_BYTES))
                .isNull();
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        long end = log.end();
        DiskFile file =
                new ForwardingFile(counting) {
                    @Override
                    public void read(long position, byte[] target, int offset, int length) {
                        assertThat(position + length).isLessThanOrEqualTo(end);
                        super.read(position, target, offset, length);
                    }
                };

        Detours detours = detours(file);

        assertThat(detours.before(damaged(end - 8, 0)))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(detours.before(damaged(end - RecordLayout.BODY, 0)))
                .isEqualTo(new Predecessor.Found(second, true));
    }

    @Test
    void searchThatAnotherThreadHasMadeMeanwhileIsNotRepeated() throws Exception {
        bend(third);
        CountDownLatch isSearching = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        DiskFile file =
                new ForwardingFile(counting) {
                    @Override
                    public void read(long position, byte[] target, int offset, int length) {
                        readers.add(Thread.currentThread());
                        isSearching.countDown();
                        awaitUninterrupted(mayGoOn);
                        super.read(position, target, offset, length);
                    }
                };
        Detours detours = detours(file);
        FutureTask<Predecessor> one = new FutureTask<>(() -> detours.before(damaged(third, 3)));
        FutureTask<Predecessor> two = new FutureTask<>(() -> detours.before(damaged(third, 3)));
        Thread searching = Thread.ofPlatform().start(one);
        isSearching.await();
        Thread waiting = Thread.ofPlatform().start(two);
        while (waiting.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }

        mayGoOn.countDown();

        assertThat(two.get()).isEqualTo(one.get()).isEqualTo(new Predecessor.Found(second, true));
        searching.join();
        waiting.join();
        assertThat(readers.stream().filter(waiting::equals)).hasSize(2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
