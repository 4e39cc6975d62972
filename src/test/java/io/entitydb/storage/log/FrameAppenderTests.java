package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.io.BytesFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

class FrameAppenderTests {

    private static final int USUAL = 1024;
    private static final FrameChain START =
            new FrameChain(LogForgery.START, 0, 0, 0, 0, Digest.ZERO);

    private final TagDictionary dictionary = new TagDictionary();
    private final FrameAppender appender =
            new FrameAppender(LogForgery.IDENTITY, dictionary, USUAL, START);

    FrameAppenderTests() {
        appender.begin(START, 0, 1);
    }

    private static VersionDraft first() {
        return WrittenLog.draft(WrittenLog.KEY, 1, 0);
    }

    /** A transaction without anything left of its records but their digest. */
    private static List<RecordCopy> stub() {
        return List.of(new RecordCopy.Stub(Digest.sha256(new byte[] {1})));
    }

    private static Digest digestAfter(Digest before, long sequence, long commitTime) {
        var function = RecordDigest.ofTransaction(before, sequence, commitTime);
        stub().forEach(copy -> copy.digest().updateTo(function));
        return Digest.of(function.digest());
    }

    @Test
    void emptyBatchTakesWhatIsLongerThanTheBuffer() {
        assertThat(appender.isEmpty()).isTrue();
        assertThat(appender.fits(USUAL + 1)).isTrue();

        appender.appendChunk(WrittenLog.KEY, ByteBuffer.allocate(USUAL - 300));

        assertThat(appender.isEmpty()).isFalse();
        assertThat(appender.fits(USUAL)).isFalse();
    }

    @Test
    void begunBatchTakesWhatFitsToTheByte() {
        appender.append(List.of(first()), new Commitment(1, 1_000));
        int left = USUAL - appender.bytes().remaining();

        assertThat(appender.fits(left)).isTrue();
        assertThat(appender.fits(left + 1)).isFalse();
        assertThat(appender.fits(USUAL + 1)).isFalse();
    }

    @Test
    void bufferThatHasGrownIsGivenUpWithItsBatch() {
        assertThat(appender.fits(4 * USUAL)).isTrue();
        appender.appendDictionary();
        assertThat(appender.fits(2 * USUAL)).isTrue();

        appender.begin(START, 0, 1);
        appender.appendDictionary();

        assertThat(appender.fits(2 * USUAL)).isFalse();
    }

    @Test
    void dictionaryThatIsTakenBackIsWrittenAgain() {
        FrameAppender.Mark before = appender.mark();
        appender.append(List.of(first()), new Commitment(1, 1_000));
        assertThat(appender.dictionaryFrame()).isNotNull();
        assertThat(dictionary.isDirty()).isFalse();

        appender.reset(before);

        assertThat(dictionary.isDirty()).isTrue();
        assertThat(appender.dictionaryFrame()).isNull();
        assertThat(appender.chain()).isEqualTo(START);
        assertThat(appender.isEmpty()).isTrue();
    }

    @Test
    void dictionaryBeforeTheMarkStays() {
        appender.append(List.of(first()), new Commitment(1, 1_000));
        FrameAppender.Mark mark = appender.mark();
        appender.append(
                List.of(WrittenLog.draft(WrittenLog.OTHER, 1, 0)), new Commitment(2, 2_000));

        appender.reset(mark);

        assertThat(dictionary.isDirty()).isFalse();
        assertThat(appender.mark()).isEqualTo(mark);
    }

    @Test
    void onlyWordsThatAreMissingMakeADictionary() {
        TagDictionary other = new TagDictionary();
        other.learn("word");
        appender.learn(other);
        assertThat(appender.dictionaryFrame()).isNotNull();
        long length = appender.bytes().remaining();

        appender.learn(other);

        assertThat(appender.bytes().remaining()).isEqualTo(length);
        assertThat(dictionary.wordOf(1)).isEqualTo("word");
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "3, 3000", "2, 1000", "2, 999"})
    void copyOfATransactionFollowsTheOneBefore(long sequence, long commitTime) {
        Digest first = digestAfter(Digest.ZERO, 1, 1_000);
        appender.appendCopies(stub(), new Commitment(1, 1_000), first);
        Digest next = digestAfter(first, sequence, commitTime);
        FrameAppender.Mark before = appender.mark();

        assertThatThrownBy(
                        () ->
                                appender.appendCopies(
                                        stub(), new Commitment(sequence, commitTime), next))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("transaction " + sequence + " does not continue transaction 1");
        assertThat(appender.mark()).isEqualTo(before);
    }

    @Test
    void copyLeadsToItsDigest() {
        Commitment commitment = new Commitment(1, 1_000);

        assertThatThrownBy(
                        () ->
                                appender.appendCopies(
                                        stub(), commitment, digestAfter(Digest.ZERO, 1, 999)))
                .isInstanceOf(IllegalStateException.class);

        appender.appendCopies(stub(), commitment, digestAfter(Digest.ZERO, 1, 1_000));
        assertThat(appender.chain().sequence()).isEqualTo(1);
    }

    @Test
    void copyBehindALossOfUnknownDigestIsTakenAsItIs() {
        appender.appendLoss(
                new LossRecord(1, 5_000, "tester"), new Commitment(1, 1_000), Digest.ZERO);
        Digest digest = Digest.sha256(new byte[] {2});

        appender.appendCopies(stub(), new Commitment(2, 2_000), digest);

        assertThat(appender.chain().digest()).isEqualTo(digest);
    }

    private long maxOf(VersionDraft draft) {
        return appender.maxBytes(List.of(draft));
    }

    private void requireBound(long most, Runnable appending) {
        int before = appender.bytes().remaining();
        appending.run();
        assertThat((long) appender.bytes().remaining() - before).isPositive().isLessThan(most + 1);
    }

    @Test
    void transactionTakesNoMoreThanIsReckonedForItsNewWords() {
        VersionDraft draft =
                first().toBuilder()
                        .key(new EntityKey("d".repeat(63), "i".repeat(255)))
                        .mediaType("text/" + "m".repeat(100))
                        .tags(List.of(DraftTag.of(new Tag("n".repeat(64), "v".repeat(900)), 0)))
                        .build();
        long most = maxOf(draft);
        assertThat(appender.fits(most)).isTrue();

        requireBound(most, () -> appender.append(List.of(draft), new Commitment(1, 1_000)));
        assertThat(appender.dictionaryFrame()).isNotNull();
    }

    @Test
    void wordsThatHaveANumberAreReckonedWithTheDictionaryOnly() {
        long before = maxOf(first());
        int empty = dictionary.encodedBytes();

        appender.append(List.of(first()), new Commitment(1, 1_000));

        long each = Short.BYTES + TagDictionary.MAX_WORD_BYTES;
        long known = (long) dictionary.encodedBytes() - empty;
        assertThat(before - maxOf(first())).isEqualTo(3 * each - known);
    }

    @Test
    void reckoningIsTheSumOfItsParts() {
        long frames = 3L * (FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES);
        appender.append(List.of(first()), new Commitment(1, 1_000));
        long words = dictionary.encodedBytes();

        assertThat(appender.maxBytes(List.of())).isEqualTo(frames + words);
        assertThat(appender.maxBytes(List.of(first(), first())))
                .isEqualTo(frames + words + 2 * first().maxBytes());
        assertThat(appender.maxCopyBytes(stub()))
                .isEqualTo(frames + words + RecordLayout.PREFIX_BYTES + FrameLayout.ALIGNMENT);
    }

    @Test
    void chunkTakesNoMoreThanIsReckoned() {
        EntityKey longest = new EntityKey("d".repeat(63), "i".repeat(255));
        long most = FrameAppender.maxChunkBytes(100);

        requireBound(most, () -> appender.appendChunk(longest, ByteBuffer.wrap(new byte[100])));
        assertThat(FrameAppender.maxChunkBytes(101)).isEqualTo(most + 1);
    }

    @Test
    void dictionaryIsBehindUntilItsWordsAreWritten() {
        assertThat(appender.isDictionaryBehind()).isFalse();
        dictionary.learn("word");
        assertThat(appender.isDictionaryBehind()).isTrue();

        appender.appendDictionary();

        assertThat(appender.isDictionaryBehind()).isFalse();
    }

    @Test
    void framesOfABatchTellTheirPlacesAndContinueEachOther() {
        appender.begin(START, 0, 9);
        appender.append(List.of(first()), new Commitment(1, 1_000));
        appender.appendEraseMark(new EraseMark(1, WrittenLog.KEY, 1, 5, "tester", 0, List.of()));
        appender.appendLoss(
                new LossRecord(2, 5_000, "tester"), new Commitment(3, 2_000), Digest.ZERO);
        ByteBuffer batch = appender.bytes();
        byte[] bytes = new byte[batch.remaining()];
        batch.get(bytes);
        FrameReader reader =
                new FrameReader(new BytesFile(LogForgery.START, bytes), LogForgery.IDENTITY);

        FrameChain chain = START;
        List<FrameType> types = new ArrayList<>();
        while (chain.position() < LogForgery.START + bytes.length) {
            FrameRead read = reader.read(chain.position(), LogForgery.START + bytes.length);
            Frame frame = ((FrameRead.Intact) read).frame();
            assertThat(chain.problemOf(frame)).isNull();
            assertThat(frame.header().headerGeneration()).isEqualTo(9);
            types.add(frame.header().type());
            chain = chain.after(frame.header(), frame.crc());
        }

        assertThat(types)
                .containsExactly(
                        FrameType.DICTIONARY,
                        FrameType.TRANSACTION,
                        FrameType.ERASE_MARK,
                        FrameType.LOSS);
        assertThat(chain).isEqualTo(appender.chain());
    }

    @Test
    void digestOfATransactionIsThatOfItsRecords() {
        Digest one = Digest.sha256(new byte[] {1});
        Digest two = Digest.sha256(new byte[] {2});
        List<VersionDraft> drafts =
                List.of(
                        first().toBuilder().digest(one).build(),
                        WrittenLog.draft(WrittenLog.OTHER, 1, 0).toBuilder().digest(two).build());
        MessageDigest function = RecordDigest.ofTransaction(Digest.ZERO, 1, 1_000);
        one.updateTo(function);
        two.updateTo(function);

        appender.append(drafts, new Commitment(1, 1_000));

        assertThat(appender.chain().digest()).isEqualTo(Digest.of(function.digest()));
    }
}
