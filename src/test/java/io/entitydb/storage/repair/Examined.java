package io.entitydb.storage.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.LogSurgery;

import java.util.List;

/** A data directory of the test, and what verifying it says. */
final class Examined {

    private static final String DATA = "entities.edb";
    private static final String IMAGE = "entities.idx";

    private final SimulatedDisk disk = new SimulatedDisk(1);

    static Examined golden(String name) {
        return new Examined().data(GoldenFile.data(name)).image(GoldenFile.image(name));
    }

    /** A golden store whose data file was changed; without an image, which would not fit. */
    static Examined of(LogSurgery surgery) {
        return new Examined().data(surgery.bytes());
    }

    Examined data(byte[] bytes) {
        disk.replace(DATA, bytes);
        return this;
    }

    Examined image(byte[] bytes) {
        disk.replace(IMAGE, bytes);
        return this;
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** Verifies, and requires that not a byte was changed and nothing left open. */
    VerificationReport verify() {
        List<String> files = disk.list();
        byte[] before = disk.contents(DATA);
        VerificationReport report =
                new Verification(new StorePlace(disk, DATA)).run((activity, done, total) -> {});
        assertThat(disk.list()).isEqualTo(files);
        assertThat(disk.contents(DATA)).isEqualTo(before);
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
        return report;
    }

    /** The only finding. */
    Finding only(FindingCode code) {
        VerificationReport report = verify();
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findingCount()).isEqualTo(1);
        Finding finding = report.findings().getFirst();
        assertThat(finding.code()).as("%s", finding).isEqualTo(code);
        assertThat(report.isDamaged()).isEqualTo(code.severity() == Severity.DAMAGE);
        return finding;
    }
}
