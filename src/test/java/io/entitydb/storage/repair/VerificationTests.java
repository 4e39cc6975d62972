package io.entitydb.storage.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogSurgery;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Each kind of damage to a log is found, named and alone; a sound store has none. */
class VerificationTests {

    private final LogSurgery small = new LogSurgery(GoldenFile.data("small"));

    static List<String> golden() {
        return GoldenFile.NAMES;
    }

    @ParameterizedTest
    @MethodSource("golden")
    void soundStoreHasNoFindings(String name) {
        VerificationReport report = Examined.golden(name).verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.skipped()).isEmpty();
        assertThat(report.isDamaged()).isFalse();
        assertThat(report.figures().transactions()).isEqualTo(report.figures().lastSequence());
        assertThat(report.figures().livingEntities()).isPositive();
    }

    @Test
    void figuresAreThoseOfTheHeader() {
        LogFigures figures = Examined.golden("small").verify().figures();

        assertThat(figures.lastSequence()).isEqualTo(small.header().walSequence());
        assertThat(figures.lastDigest()).isEqualTo(small.header().lastDigest());
        assertThat(figures.livingEntities()).isEqualTo(small.header().entityCount());
        assertThat(figures.frames()).isEqualTo(small.frames().size());
    }

    @Test
    void brokenFrameHeaderIsAMissingFrame() {
        LogSurgery.Place victim = small.transactions().get(5);
        small.bytes()[victim.at() + FrameLayout.POSITION] ^= 1;

        Finding finding = Examined.of(small).only(FindingCode.FRAME_MISSING);

        assertThat(finding.file()).isEqualTo("entities.edb");
        assertThat(finding.position()).isEqualTo(victim.at());
        assertThat(finding.end()).isEqualTo(victim.header().end());
        assertThat(finding.sequences()).isEqualTo(SequenceRange.of(6));
    }

    @Test
    void lostTransactionsAreNamedAsARange() {
        LogSurgery.Place first = small.transactions().get(5);
        LogSurgery.Place last = small.transactions().get(8);
        Arrays.fill(small.bytes(), first.at(), (int) last.header().end(), (byte) 0x55);

        Finding finding = Examined.of(small).only(FindingCode.FRAME_MISSING);

        assertThat(finding.sequences()).isEqualTo(new SequenceRange(6, 9));
        assertThat(finding.position()).isEqualTo(first.at());
        assertThat(finding.end()).isEqualTo(last.header().end());
    }

    @Test
    void brokenTrailerIsADamagedFrame() {
        LogSurgery.Place victim = small.transactions().get(5);
        small.bytes()[victim.trailer()] ^= 1;

        Finding finding = Examined.of(small).only(FindingCode.FRAME_DAMAGED);

        assertThat(finding.position()).isEqualTo(victim.at());
        assertThat(finding.sequences()).isEqualTo(SequenceRange.of(6));
    }

    @Test
    void brokenRecordNamesItsEntity() {
        LogSurgery.Place victim = small.transactions().get(5);
        int record = victim.records().getFirst();
        small.bytes()[record + RecordLayout.SALT] ^= 1;

        Finding finding = Examined.of(small).only(FindingCode.RECORD_DAMAGED);

        assertThat(finding.position()).isEqualTo(record);
        assertThat(finding.end()).isEqualTo(record + small.fields().getInt(record));
        assertThat(finding.sequences()).isEqualTo(SequenceRange.of(6));
        assertThat(finding.entities()).hasSize(1);
    }

    @Test
    void indexProvesTheNameOfADamagedRecord() {
        LogSurgery.Place victim = small.transactions().getLast();
        int record = victim.records().getFirst();
        small.bytes()[record + RecordLayout.SALT] ^= 1;

        VerificationReport report =
                new Examined().data(small.bytes()).image(GoldenFile.image("small")).verify();

        assertThat(report.findings())
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.entities())
                                        .singleElement()
                                        .matches(ConcernedEntity::isProven));
    }

    @Test
    void frameThatFollowsAnotherIsABrokenChain() {
        LogSurgery.Place victim = small.transactions().get(5);
        small.sealFrames(victim.at());
        small.bytes()[victim.at() + FrameLayout.PREVIOUS_CRC] ^= 1;
        small.sealFrames(victim.at());

        Finding finding = Examined.of(small).only(FindingCode.FRAME_CHAIN_BROKEN);

        assertThat(finding.position()).isEqualTo(victim.at());
    }

    @Test
    void frameOfAnotherNumberIsABrokenChain() {
        LogSurgery.Place victim = small.frames().getLast();
        long number = victim.header().frameNumber() + 7;
        small.fields().putLong(victim.at() + FrameLayout.FRAME_NUMBER, number);
        small.fields().putLong(victim.trailer(), number);
        small.sealFrames(victim.at());

        Finding finding = Examined.of(small).only(FindingCode.FRAME_CHAIN_BROKEN);

        assertThat(finding.found()).isEqualTo("frame " + number);
    }

    @Test
    void transactionThatIsNotLaterBreaksTheSequence() {
        List<LogSurgery.Place> transactions = small.transactions();
        LogSurgery.Place victim = transactions.getLast();
        long before = transactions.get(transactions.size() - 2).header().commitTime();
        commitTime(victim, before);

        Finding finding = Examined.of(small).only(FindingCode.SEQUENCE_BROKEN);

        assertThat(finding.sequences()).isEqualTo(SequenceRange.of(victim.header().sequence()));
    }

    private void commitTime(LogSurgery.Place victim, long time) {
        small.fields().putLong(victim.at() + FrameLayout.COMMIT_TIME, time);
        for (int record : victim.records()) {
            small.fields().putLong(record + RecordLayout.COMMIT_TIME, time);
            small.sealRecord(record);
        }
        small.sealFrames(victim.at());
        int newest = small.header().slot();
        small.changeHeader(newest, header -> header.withLastModified(time));
        if (small.header(1 - newest).walSequence() == victim.header().sequence()) {
            small.changeHeader(1 - newest, header -> header.withLastModified(time));
        }
    }

    @Test
    void digestOfATransactionIsThatOfItsRecords() {
        LogSurgery.Place victim = small.transactions().getLast();
        small.bytes()[victim.at() + FrameLayout.DIGEST] ^= 1;
        small.sealFrames(victim.at());
        lastDigest(victim);

        Finding finding = Examined.of(small).only(FindingCode.TRANSACTION_DIGEST_DIFFERS);

        assertThat(finding.position()).isEqualTo(victim.at());
    }

    /** The headers know the digest that the last transaction names. */
    private void lastDigest(LogSurgery.Place last) {
        byte[] digest = new byte[Digest.BYTES];
        small.fields().get(last.at() + FrameLayout.DIGEST, digest);
        small.changeHeaders(
                header ->
                        header.walSequence() == last.header().sequence()
                                ? header.withLastDigest(Digest.of(digest))
                                : header);
    }

    @Test
    void digestOfARecordIsThatOfItsFacts() {
        List<LogSurgery.Place> transactions = small.transactions();
        LogSurgery.Place victim = transactions.getLast();
        int record = victim.records().getFirst();
        small.bytes()[record + RecordLayout.SALT] ^= 1;
        small.sealRecord(record);
        small.sealDigest(victim, transactions.get(transactions.size() - 2).header().digest());
        small.sealFrames(victim.at());
        lastDigest(victim);

        Finding finding = Examined.of(small).only(FindingCode.RECORD_DIGEST_DIFFERS);

        assertThat(finding.position()).isEqualTo(record);
        assertThat(finding.entities()).singleElement().matches(ConcernedEntity::isProven);
    }

    @Test
    void contentIsThatOfItsDigest() {
        int record =
                small.transactions().stream()
                        .flatMap(frame -> frame.records().stream())
                        .filter(at -> small.bytes()[at + RecordLayout.CONTENT_FORM] == 1)
                        .filter(at -> small.fields().getLong(at + RecordLayout.CONTENT_LENGTH) > 64)
                        .findFirst()
                        .orElseThrow();
        // The content ends the record, but for less than eight bytes.
        int at = record + small.fields().getInt(record) - 32;
        small.bytes()[at] ^= 1;
        small.sealRecord(record);

        Finding finding = Examined.of(small).only(FindingCode.CONTENT_DIFFERS);

        assertThat(finding.position()).isEqualTo(record);
        assertThat(finding.found()).startsWith("digest ");
    }

    @Test
    void contentInChunksIsThatOfItsDigest() {
        LogSurgery large = new LogSurgery(GoldenFile.data("large"));
        LogSurgery.Place chunk =
                large.frames().stream()
                        .filter(frame -> frame.header().type() == FrameType.CHUNK)
                        .findFirst()
                        .orElseThrow();
        large.bytes()[chunk.trailer() - 100] ^= 1;
        large.sealRecord(chunk.records().getFirst());

        Finding finding = Examined.of(large).only(FindingCode.CONTENT_DIFFERS);

        assertThat(finding.found()).startsWith("digest ");
        assertThat(finding.position()).isGreaterThan(chunk.at());
    }

    @Test
    void damagedChunkConcernsTheEntityWhoseContentItIs() {
        LogSurgery large = new LogSurgery(GoldenFile.data("large"));
        LogSurgery.Place chunk =
                large.frames().stream()
                        .filter(frame -> frame.header().type() == FrameType.CHUNK)
                        .findFirst()
                        .orElseThrow();
        large.bytes()[chunk.trailer() - 100] ^= 1;

        Finding finding = Examined.of(large).only(FindingCode.RECORD_DAMAGED);

        assertThat(finding.position()).isEqualTo((long) chunk.records().getFirst());
        assertThat(finding.entities()).singleElement().matches(ConcernedEntity::isProven);
    }

    @Test
    void versionThatBreaksARuleIsMalformed() {
        int record = small.transactions().getLast().records().getFirst();
        small.fields().putLong(record + RecordLayout.VERSION, 0);
        small.sealRecord(record);

        assertThat(Examined.of(small).only(FindingCode.RECORD_MALFORMED).position())
                .isEqualTo(record);
    }

    @Test
    void versionOfAnotherTransactionIsMalformed() {
        int record = small.transactions().getLast().records().getFirst();
        long sequence = small.fields().getLong(record + RecordLayout.SEQUENCE);
        small.fields().putLong(record + RecordLayout.SEQUENCE, sequence + 1);
        small.sealRecord(record);

        Examined.of(small).only(FindingCode.RECORD_MALFORMED);
    }

    @Test
    void previousVersionIsOneOfTheSameEntity() {
        int record = laterVersion();
        int other = small.transactions().getFirst().records().getFirst();
        assertThat(small.fields().getLong(record + RecordLayout.PREVIOUS_POSITION))
                .isNotEqualTo(other);
        small.fields().putLong(record + RecordLayout.PREVIOUS_POSITION, other);
        small.fields().putLong(record + RecordLayout.JUMP_POSITION, 0);
        small.sealRecord(record);

        assertThat(Examined.of(small).only(FindingCode.VERSION_CHAIN_BROKEN).position())
                .isEqualTo(record);
    }

    /** The last version that has a previous one. */
    private int laterVersion() {
        return small.transactions().reversed().stream()
                .flatMap(frame -> frame.records().stream())
                .filter(at -> small.fields().getLong(at + RecordLayout.VERSION) > 2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void dictionaryThatChangesAWordContradictsTheOthers() {
        LogSurgery.Place victim =
                small.frames().stream()
                        .filter(frame -> frame.header().type() == FrameType.DICTIONARY)
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
        int record = victim.records().getFirst();
        small.bytes()[record + RecordLayout.PREFIX_BYTES + 6] ^= 1;
        small.sealRecord(record);

        assertThat(Examined.of(small).only(FindingCode.DICTIONARY_CONTRADICTS).position())
                .isEqualTo(victim.at());
    }

    @Test
    void damagedDictionaryHidesNoRecord() {
        LogSurgery.Place victim =
                small.frames().stream()
                        .filter(frame -> frame.header().type() == FrameType.DICTIONARY)
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
        small.bytes()[victim.trailer() - 1] ^= 1;

        Examined.of(small).only(FindingCode.RECORD_DAMAGED);
    }

    @Test
    void whatTheDeviceDoesNotGiveIsUnreadable() {
        Examined examined = Examined.of(small);
        LogSurgery.Place victim = small.transactions().get(5);
        examined.disk()
                .control()
                .inject(Fault.of(DiskCall.READ, Fault.Effect.IO_ERROR).at(40).sticky());

        VerificationReport report = examined.verify();

        assertThat(report.isDamaged()).isTrue();
        assertThat(report.findings()).extracting(Finding::code).contains(FindingCode.UNREADABLE);
        assertThat(victim.at()).isPositive();
    }

    @Test
    void fileThatWasCutIsTooShort() {
        byte[] cut = Arrays.copyOf(small.bytes(), small.bytes().length - 4096);

        Finding finding = new Examined().data(cut).only(FindingCode.FILE_TOO_SHORT);

        assertThat(finding.position()).isEqualTo(cut.length);
        assertThat(finding.end()).isEqualTo(small.bytes().length);
    }

    @Test
    void garbageBehindTheEndIsATornTail() {
        int end = (int) small.header().dataEnd();
        small.bytes()[end + 64] = 1;

        Finding finding = Examined.of(small).only(FindingCode.TORN_TAIL);

        assertThat(finding.position()).isEqualTo(end);
    }

    @Test
    void fileWithoutAValidHeaderIsDamagedAndSaysWhatWasNotChecked() {
        small.bytes()[100] ^= 1;
        small.bytes()[4096 + 100] ^= 1;

        VerificationReport report = Examined.of(small).verify();

        assertThat(report.findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.HEADER_SLOT_INVALID, FindingCode.HEADER_SLOT_INVALID);
        assertThat(report.skipped()).singleElement().asString().startsWith("log and indexes: ");
    }

    @Test
    void foreignFileIsRefusedByWhatItIs() {
        Examined examined = new Examined().data("x".repeat(9000).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(examined::verify).isInstanceOf(UnsupportedFormatException.class);
    }
}
