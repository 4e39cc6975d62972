package io.entitydb.storage.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.index.ForgedImage;
import io.entitydb.storage.log.LogSurgery;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An image of the entity index that is damaged, foreign, or leads elsewhere than the log. */
class IndexCheckTests {

    private static final int HEADER_BYTES = 152;
    private static final int BLOCK_PREFIX_BYTES = 8;
    private static final int ENTRY_BYTES = 16;

    private final Examined small = Examined.golden("small");
    private final byte[] image = GoldenFile.image("small");

    private static int position(int entry) {
        return HEADER_BYTES + BLOCK_PREFIX_BYTES + entry * ENTRY_BYTES + Long.BYTES;
    }

    private long positionAt(int entry) {
        return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).getLong(position(entry));
    }

    @Test
    void flippedBitInTheHeaderIsDamage() {
        image[30] ^= 1;

        small.image(image).only(FindingCode.INDEX_DAMAGED);
    }

    @Test
    void flippedBitInABlockIsDamage() {
        image[position(2)] ^= 1;

        Finding finding = small.image(image).only(FindingCode.INDEX_DAMAGED);

        assertThat(finding.file()).isEqualTo("entities.idx");
        assertThat(finding.position()).isEqualTo(HEADER_BYTES);
    }

    @Test
    void somethingElseIsDamage() {
        small.image(new byte[200]).only(FindingCode.INDEX_DAMAGED);
    }

    @Test
    void imageOfAnotherFileIsForeign() {
        small.image(GoldenFile.image("large")).only(FindingCode.INDEX_FOREIGN);
    }

    @Test
    void imageThatKnowsAnotherHistoryIsForeign() {
        // coveredDigest
        byte[] forged = new ForgedImage(image).putLong(104, 1).repaired();

        small.image(forged).only(FindingCode.INDEX_FOREIGN);
    }

    @Test
    void imageThatCountsOtherEntitiesDisagrees() {
        byte[] forged = new ForgedImage(image).putLong(40, 1).repaired();

        assertThat(small.image(forged).only(FindingCode.INDEX_DISAGREES).expected())
                .contains("living entities");
    }

    @Test
    void staleEntryIsFoundWithItsEntity() {
        LogSurgery log = new LogSurgery(GoldenFile.data("small"));
        int entry = -1;
        long previous = 0;
        for (int i = 0; previous == 0; i++) {
            entry = i;
            previous = log.fields().getLong((int) positionAt(i) + RecordLayout.PREVIOUS_POSITION);
        }
        byte[] forged = new ForgedImage(image).putLong(position(entry), previous).repaired();

        Finding finding = small.image(forged).only(FindingCode.INDEX_DISAGREES);

        assertThat(finding.entities()).hasSize(1);
        assertThat(finding.expected()).contains("at " + positionAt(entry));
        assertThat(finding.found()).contains("[" + previous + "]");
    }

    @Test
    void entryThatIsMissingIsFoundWithItsEntity() {
        // The first entry twice: under the hash of the second, nothing is left.
        ByteBuffer fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        long hash = fields.getLong(position(0) - Long.BYTES);
        byte[] forged =
                new ForgedImage(image)
                        .putLong(position(1) - Long.BYTES, hash)
                        .putLong(position(1), positionAt(0))
                        .repaired();

        List<Finding> findings = small.image(forged).verify().findings();

        assertThat(findings).extracting(Finding::code).containsOnly(FindingCode.INDEX_DISAGREES);
        assertThat(findings)
                .anyMatch(
                        finding ->
                                finding.entities().size() == 1
                                        && finding.found().equals("no entry")
                                        && finding.expected().contains("" + positionAt(1)));
    }

    @Test
    void missingImageIsNoFinding() {
        small.disk().delete("entities.idx");

        assertThat(small.verify().findings()).isEmpty();
    }

    @Test
    void damageInTheLogHidesOnlyTheEntitiesConcerned() {
        LogSurgery log = new LogSurgery(GoldenFile.data("small"));
        log.bytes()[(int) positionAt(3) + RecordLayout.SALT] ^= 1;

        VerificationReport report = small.data(log.bytes()).verify();

        assertThat(report.findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.RECORD_DAMAGED);
        assertThat(report.skipped()).singleElement().asString().contains("1 of 4096 parts");
    }
}
