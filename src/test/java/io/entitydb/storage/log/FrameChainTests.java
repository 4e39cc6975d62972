package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.io.BytesFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frame continues a log: the border stands behind transaction 1, at 1,000 ns. */
class FrameChainTests {

    private final WrittenLog log = new WrittenLog();
    private FrameChain border = log.appender().chain();

    @BeforeEach
    void oneTransaction() {
        log.add(WrittenLog.KEY, 1, 0);
        border = log.appender().chain();
    }

    private FrameReader frames() {
        return new FrameReader(log.file(log.bytes()), LogForgery.IDENTITY);
    }

    private Frame frame() {
        FrameRead read = frames().read(border.position(), log.end());
        return ((FrameRead.Intact) read).frame();
    }

    private FrameChain with(long number, int crc, long sequence, long time, Digest digest) {
        return new FrameChain(border.position(), number, crc, sequence, time, digest);
    }

    private Frame transaction() {
        log.add(WrittenLog.OTHER, 1, 0);
        return frame();
    }

    private Frame loss(long last, long time) {
        log.appender()
                .appendLoss(
                        new LossRecord(2, 5_000, "tester"),
                        new Commitment(last, time),
                        Digest.ZERO);
        return frame();
    }

    @Test
    void nextTransactionContinuesTheLog() {
        Frame next = transaction();

        assertThat(border.problemOf(next)).isNull();
        assertThat(border.after(next.header(), next.crc())).isEqualTo(log.appender().chain());
        assertThat(log.appender().chain().sequence()).isEqualTo(2);
    }

    @Test
    void framesAreNumberedWithoutAGap() {
        long number = border.frameNumber();
        FrameChain other = with(number - 1, border.crc(), 1, border.commitTime(), border.digest());

        assertThat(other.problemOf(transaction()))
                .isEqualTo("frame " + (number + 1) + " follows frame " + (number - 1));
    }

    @Test
    void frameNamesTheChecksumOfTheOneBefore() {
        long number = border.frameNumber();
        FrameChain other = with(number, border.crc() + 1, 1, border.commitTime(), border.digest());

        assertThat(other.problemOf(transaction()))
                .isEqualTo("frame " + (number + 1) + " follows another frame " + number);
    }

    @Test
    void transactionsAreNumberedWithoutAGap() {
        FrameChain other =
                with(border.frameNumber(), border.crc(), 2, border.commitTime(), border.digest());

        assertThat(other.problemOf(transaction())).isEqualTo("transaction 2 follows transaction 2");
    }

    @ParameterizedTest
    @CsvSource({"1999, true", "2000, false", "2001, false"})
    void transactionIsLaterThanTheOneBefore(long time, boolean isLater) {
        FrameChain other = with(border.frameNumber(), border.crc(), 1, time, border.digest());

        String problem = other.problemOf(transaction());

        assertThat(problem)
                .isEqualTo(isLater ? null : "transaction 2 is not later than its predecessor");
    }

    @Test
    void digestFollowsFromTheOneBefore() {
        Digest another = Digest.sha256(new byte[] {1});
        FrameChain other =
                with(border.frameNumber(), border.crc(), 1, border.commitTime(), another);

        assertThat(other.problemOf(transaction())).isEqualTo("digest of transaction 2 differs");
    }

    @Test
    void digestBehindALossOfUnknownDigestCannotBeChecked() {
        FrameChain unknown =
                with(border.frameNumber(), border.crc(), 1, border.commitTime(), Digest.ZERO);

        assertThat(unknown.problemOf(transaction())).isNull();
    }

    @Test
    void digestOfTheFirstTransactionIsChecked() {
        WrittenLog fresh = new WrittenLog();
        fresh.appender().appendDictionary();
        border = fresh.appender().chain();
        Digest wrong = Digest.sha256(new byte[] {2});
        FrameAppender appender = fresh.appender();
        appender.begin(with(border.frameNumber(), border.crc(), 0, 0, wrong), 0, 1);
        fresh.dictionary().learn("default");
        fresh.dictionary().learn("type");
        fresh.dictionary().learn("text/plain");
        fresh.dictionary().written();
        fresh.add(WrittenLog.KEY, 1, 0);
        Frame first =
                ((FrameRead.Intact)
                                new FrameReader(
                                                new BytesFile(border.position(), fresh.bytes()),
                                                LogForgery.IDENTITY)
                                        .read(border.position(), fresh.end()))
                        .frame();

        assertThat(border.problemOf(first)).isEqualTo("digest of transaction 1 differs");
    }

    @Test
    void lossStandsForOneTransactionOrMore() {
        Frame loss = loss(4, 3_000);

        assertThat(border.problemOf(loss)).isNull();
        assertThat(border.after(loss.header(), loss.crc()).sequence()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false", "5, false"})
    void lossMovesTheSequenceOn(long before, boolean isNext) {
        FrameChain other =
                with(
                        border.frameNumber(),
                        border.crc(),
                        before,
                        border.commitTime(),
                        border.digest());

        assertThat(other.problemOf(loss(4, 3_000)))
                .isEqualTo(isNext ? null : "loss of transaction 4 follows transaction " + before);
    }

    @ParameterizedTest
    @CsvSource({"2999, true", "3000, false", "3001, false"})
    void lossIsLaterThanTheTransactionBefore(long time, boolean isLater) {
        FrameChain other = with(border.frameNumber(), border.crc(), 1, time, border.digest());

        assertThat(other.problemOf(loss(4, 3_000)))
                .isEqualTo(
                        isLater ? null : "loss of transaction 4 is not later than its predecessor");
    }

    @Test
    void systemFramesLeaveTheTransactionsAlone() {
        log.appender().appendDictionary();
        Frame words = frame();

        FrameChain after = border.after(words.header(), words.crc());

        assertThat(border.problemOf(words)).isNull();
        assertThat(after)
                .isEqualTo(
                        new FrameChain(
                                words.header().end(),
                                border.frameNumber() + 1,
                                words.crc(),
                                1,
                                1_000,
                                border.digest()));
    }
}
