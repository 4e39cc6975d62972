package io.entitydb.storage.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.LogSurgery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Headers that break a rule, contradict each other, or contradict the log. */
class HeaderCheckTests {

    private static final int SLOT_BYTES = 4096;

    private final LogSurgery small = new LogSurgery(GoldenFile.data("small"));
    private final int newest = small.header().slot();
    private final int older = 1 - newest;

    @ParameterizedTest
    @MethodSource
    void ruleThatASlotBreaksIsNamed(String rule, int offset, long value) {
        int slot = older * SLOT_BYTES;
        small.fields().putLong(slot + offset, value);
        CRC32C crc = new CRC32C();
        crc.update(small.bytes(), slot, 252);
        small.fields().putInt(slot + 252, (int) crc.getValue());

        Finding finding = Examined.of(small).only(FindingCode.HEADER_SLOT_INVALID);

        assertThat(finding.position()).isEqualTo(slot);
        assertThat(finding.end()).isEqualTo(slot + SLOT_BYTES);
        assertThat(finding.found()).startsWith(rule);
    }

    /** Offsets are those of FORMAT.md. */
    static Stream<Arguments> ruleThatASlotBreaksIsNamed() {
        return Stream.of(
                Arguments.of("slot-in-place", 8, 7),
                Arguments.of("data-offset-fixed", 96, 0),
                Arguments.of("reserved-zero", 200, 1),
                Arguments.of("epoch-positive", 80, 0),
                Arguments.of("data-size-in-range", 104, -8),
                Arguments.of("data-size-aligned", 104, 4097),
                Arguments.of("data-end-in-file", 88, 8192),
                Arguments.of("wal-offset-not-zero", 112, 0),
                Arguments.of("wal-offset-in-data", 112, 1L << 40),
                Arguments.of("wal-offset-aligned", 112, 8193),
                Arguments.of("tag-dict-offset-not-zero", 136, 0),
                Arguments.of("tag-dict-offset-in-data", 136, 1L << 40),
                Arguments.of("tag-dict-offset-aligned", 136, 8193),
                Arguments.of("tag-dict-size-positive", 144, 0),
                Arguments.of("tag-dict-end-in-data", 144, 1L << 40),
                Arguments.of("checkpoint-sequence-not-negative", 128, -1),
                Arguments.of("checkpoint-sequence-not-ahead", 128, 1L << 40),
                Arguments.of("entity-count-not-negative", 152, -1),
                Arguments.of("last-modified-not-before-creation", 160, 1));
    }

    @Test
    void flippedBitInASlotFailsItsChecksum() {
        small.bytes()[older * SLOT_BYTES + 90] ^= 1;

        assertThat(Examined.of(small).only(FindingCode.HEADER_SLOT_INVALID).found())
                .startsWith("crc-matches");
    }

    @Test
    void crashMayTearASlotOfAStoreThatWasNotClosed() {
        small.changeHeader(newest, header -> header.withInterval(true));
        small.bytes()[older * SLOT_BYTES + 90] ^= 1;

        Examined.of(small).only(FindingCode.HEADER_SLOT_TORN);
    }

    @Test
    void slotThatFramesKnowWasNotTorn() {
        LogSurgery.Place last = small.frames().getLast();
        small.fields()
                .putLong(
                        last.at() + FrameLayout.HEADER_GENERATION,
                        small.header(newest).generation());
        small.sealFrames(last.at());
        small.changeHeader(older, header -> header.withInterval(true));
        small.bytes()[newest * SLOT_BYTES + 90] ^= 1;

        Examined.of(small).only(FindingCode.HEADER_SLOT_INVALID);
    }

    @Test
    void headerThatFramesNameIsThere() {
        LogSurgery.Place last = small.frames().getLast();
        small.fields()
                .putLong(
                        last.at() + FrameLayout.HEADER_GENERATION,
                        small.header(newest).generation() + 1);
        small.sealFrames(last.at());

        assertThat(Examined.of(small).only(FindingCode.HEADER_DISAGREES).expected())
                .contains("which frames name");
    }

    @Test
    void timeAndDigestAreThoseOfTheLastTransaction() {
        small.changeHeaders(header -> header.withLastModified(header.lastModified() + 1));
        LogSurgery other = new LogSurgery(GoldenFile.data("small"));
        other.changeHeaders(
                header -> header.withLastDigest(other.transactions().getFirst().header().digest()));

        assertThat(Examined.of(small).verify().findings())
                .hasSize(2)
                .allMatch(finding -> finding.expected().startsWith("lastModified"));
        assertThat(Examined.of(other).verify().findings())
                .hasSize(2)
                .allMatch(finding -> finding.expected().startsWith("lastDigest"));
    }

    @Test
    void slotsOfTwoFilesDisagree() {
        LogSurgery other = new LogSurgery(GoldenFile.data("large"));
        int slot = older;
        System.arraycopy(
                other.bytes(), slot * SLOT_BYTES, small.bytes(), slot * SLOT_BYTES, SLOT_BYTES);

        Examined.of(small).only(FindingCode.HEADER_SLOTS_DISAGREE);
    }

    @Test
    void newerHeaderKnowsNoLessThanTheOlder() {
        small.changeHeader(older, header -> header.withEpoch(small.header().epoch() + 1));

        assertThat(Examined.of(small).only(FindingCode.HEADER_SLOTS_DISAGREE).found())
                .startsWith("epoch-never-shrinks");
    }

    @ParameterizedTest
    @MethodSource
    void headerSaysWhatTheLogSays(String field, UnaryOperator<Header> change) {
        small.changeHeader(newest, change);

        Finding finding = Examined.of(small).only(FindingCode.HEADER_DISAGREES);

        assertThat(finding.position()).isEqualTo((long) newest * SLOT_BYTES);
        assertThat(finding.expected()).startsWith(field);
    }

    static Stream<Arguments> headerSaysWhatTheLogSays() {
        return Stream.of(
                disagreement("entityCount", header -> header.withEntityCount(3)),
                disagreement(
                        "walSequence", header -> header.withWalSequence(header.walSequence() + 1)),
                disagreement(
                        "tagDictSize", header -> header.withTagDictSize(header.tagDictSize() - 8)),
                disagreement(
                        "tagDictOffset",
                        header ->
                                header.toBuilder()
                                        .tagDictOffset(Header.DATA_OFFSET)
                                        .tagDictSize(176)
                                        .build()),
                disagreement(
                        "walOffset at a border",
                        header -> header.withWalOffset(header.dataEnd() - 8)),
                disagreement(
                        "dataSize at a border",
                        header -> header.withDataSize(header.dataSize() + 8)),
                disagreement(
                        "checkpointSequence",
                        header -> header.withCheckpointSequence(header.checkpointSequence() - 1)));
    }

    private static Arguments disagreement(String field, UnaryOperator<Header> change) {
        return Arguments.of(field, change);
    }
}
