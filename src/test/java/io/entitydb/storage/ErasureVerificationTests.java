package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityDraft;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.ConcernedEntity;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What verifying says of stores with erased entities, and of erasures that a crash cut short. */
class ErasureVerificationTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private static final int PIECE = 8 << 10;

    private final SimulatedDisk disk = new SimulatedDisk(3);

    private static VerificationReport verify(SimulatedDisk disk) {
        return new Verification(new StorePlace(disk, StoreFiles.DATA))
                .run((activity, done, total) -> {});
    }

    private static void fill(TextStore store) {
        store.save("kept", "kept text");
        store.save("erased", "first secret");
        store.save("erased", "second secret");
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 7);
        Transaction transaction = store.engine().begin("tester");
        transaction.save(
                TextStore.key("erased"),
                EntityDraft.of(Set.of(), Content.of("application/octet-stream", large)));
        transaction.commit();
    }

    @Test
    void erasedEntityIsNoDamage() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            fill(store);
            store.engine().erase(TextStore.key("erased"), "tester");
            store.save("later", "text");
        }

        VerificationReport report = verify(disk);

        assertThat(report.findings()).isEmpty();
        assertThat(report.figures().erased()).isEqualTo(3);
        assertThat(report.figures().livingEntities()).isEqualTo(2);
    }

    /** A content of so many chunks that several marks are needed for it. */
    private static void receive(TextStore store) {
        byte[] bytes = new byte[20 * PIECE];
        new Random(1).nextBytes(bytes);
        Transaction transaction = store.engine().begin("tester");
        try (ContentUpload upload = store.engine().upload(TextStore.key("erased"))) {
            Content content = SmallStore.upload(upload, "application/octet-stream", bytes);
            transaction.save(TextStore.key("erased"), EntityDraft.of(Set.of(), content));
            transaction.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void erasureThatACrashCutShortIsNoDamage(boolean isReceived) {
        List<SimulatedDisk> left = new ArrayList<>();
        try (TextStore store =
                TextStore.open(
                        disk, OPTIONS.toBuilder().uploads(new UploadOptions(1, PIECE)).build())) {
            fill(store);
            if (isReceived) {
                receive(store);
            }
            disk.control()
                    .beforeEachCall(
                            (call, number) -> {
                                left.add(disk.snapshotOfCache());
                                disk.crashStates(new CrashPlan(number, 8)).forEach(left::add);
                            });
            store.engine().erase(TextStore.key("erased"), "tester");
            disk.control().beforeEachCall((call, number) -> {});
        }

        List<FindingCode> codes = new ArrayList<>();
        for (SimulatedDisk state : left) {
            VerificationReport report = verify(state);
            assertThat(report.isDamaged()).as("%s: %s", state.name(), report).isFalse();
            report.findings().forEach(finding -> codes.add(finding.code()));
        }
        assertThat(codes).contains(FindingCode.ERASURE_PENDING);
    }

    @Test
    void bytesThatCameBackAreAnIncompleteErasure() {
        byte[] before;
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            fill(store);
            before = disk.contents(StoreFiles.DATA);
            store.engine().erase(TextStore.key("erased"), "tester");
        }
        byte[] after = disk.contents(StoreFiles.DATA);
        int secret = indexOf(before, "first secret");
        System.arraycopy(before, secret - 1024, after, secret - 1024, 1100);
        disk.replace(StoreFiles.DATA, after);

        List<Finding> findings = verify(disk).findings();

        assertThat(findings)
                .anySatisfy(
                        finding -> {
                            assertThat(finding.code()).isEqualTo(FindingCode.ERASURE_INCOMPLETE);
                            assertThat(finding.entities())
                                    .containsExactly(
                                            new ConcernedEntity(TextStore.key("erased"), true));
                        });
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
