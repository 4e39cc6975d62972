package io.entitydb.storage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.entitydb.OpenToAll;
import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.StorageFullException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** How the service starts over data directories of all kinds, with the real engine. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class StoreStartTests {

    private static final String FILE = "entities.edb";

    /** Distance of the two header slots. */
    private static final int SLOT_STRIDE = 4096;

    /** Where the version of the format stands in a slot. */
    private static final int FORMAT_VERSION = 4;

    @TempDir private Path directory = Path.of("");

    private final CapturedOutput output;

    StoreStartTests(CapturedOutput output) {
        this.output = output;
    }

    private List<String> lines(String level) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains(StoreLifecycle.class.getSimpleName()))
                .filter(line -> line.contains(" " + level + " "))
                .toList();
    }

    @Test
    void emptyDirectoryBecomesAStoreThatServes() {
        try (RunningService service = start()) {
            save(service, "a");

            assertThat(service.status("/readyz")).isEqualTo(200);
            assertThat(service.status("/actuator/health/writable")).isEqualTo(200);
            assertThat(service.get("/actuator/health")).contains("\"status\":\"UP\"");
            assertThat(service.get("/actuator/store")).contains("\"outcome\":\"CREATED\"");
        }
        assertThat(lines("INFO"))
                .filteredOn(line -> line.contains("store opened"))
                .singleElement()
                .asString()
                .contains("state=\"ready\" outcome=\"CREATED\"", "validSlots=\"2\"");
        assertThat(lines("ERROR")).isEmpty();
    }

    @Test
    void storeThatWasClosedIsFoundCleanAndItsEntityIsThere() {
        try (RunningService service = start()) {
            save(service, "a");
        }

        try (RunningService service = start()) {
            assertThat(service.engine().snapshot().latest(new EntityKey("demo", "a"))).isPresent();
            assertThat(service.get("/actuator/store")).contains("\"outcome\":\"CLEAN\"");
        }
    }

    @Test
    void writesShowInTheMeters() {
        try (RunningService service = start()) {
            save(service, "a");
            save(service, "b");

            assertThat(service.get("/actuator/prometheus"))
                    .contains("entitydb_writes_total{result=\"committed\"} 2.0")
                    .contains("entitydb_commit_seconds_count 2")
                    .contains("entitydb_commit_batch_size_count 2")
                    .contains("entitydb_wal_append_total 2.0")
                    .contains("entitydb_wal_sequence{point=\"visible\"} 2.0")
                    .contains("entitydb_entities{state=\"active\"} 2.0")
                    .contains("entitydb_store_state{state=\"ready\"} 1.0")
                    .contains("entitydb_recovery_seconds_count{outcome=\"created\"} 1")
                    .doesNotContain("entitydb_wal_fsync_seconds_count 0")
                    .doesNotContain("entitydb_wal_written_bytes_total 0.0");
        }
    }

    @Test
    void fullStoreRefusesWritesServesReadsAndSaysSo() {
        try (RunningService service =
                start("entitydb.storage.growth=64KB", "entitydb.storage.max-file-size=1MB")) {
            save(service, "a");

            Throwable failure =
                    catchThrowable(
                            () -> {
                                for (int i = 0; i < 64; i++) {
                                    save(service, "filler-" + i, new byte[32 << 10]);
                                }
                            });

            assertThat(failure).isInstanceOf(StorageFullException.class);
            assertThat(service.engine().snapshot().latest(new EntityKey("demo", "a"))).isPresent();
            assertThat(service.status("/livez")).isEqualTo(200);
            assertThat(service.status("/readyz")).isEqualTo(200);
            assertThat(service.status("/actuator/health/writable")).isEqualTo(503);
            assertThat(service.get("/actuator/health/store")).contains("DEGRADED", "no-space");
            assertThat(service.get("/actuator/prometheus"))
                    .contains("entitydb_writes_total{result=\"refused\"} 1.0")
                    .contains("entitydb_store_state{state=\"read_only\"} 1.0");
        }
    }

    @Test
    void directoryInUseByAnotherProcessIsRefusedWithItsId() throws IOException {
        try (DirectoryHolder holder = new DirectoryHolder(directory);
                RunningService service = start()) {
            assertFailed(service, "storage-locked");
            assertThat(lines("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("process " + holder.pid(), directory.toString())
                    .contains("Stop the other process");
        }
    }

    @Test
    void directoryInUseByThisProcessIsRefused() {
        try (RunningService first = start();
                RunningService second = start()) {
            assertFailed(second, "storage-locked");
            assertThat(first.status("/readyz")).isEqualTo(200);
            save(first, "a");
        }
    }

    @Test
    void foreignFileIsRefusedAndLeftAsItIs() throws IOException {
        byte[] foreign =
                "a picture of a cat, or something".repeat(500).getBytes(StandardCharsets.UTF_8);

        assertRefusedUntouched(foreign, "unsupported-format", "no EntityDB store");
    }

    @Test
    void storeOfANewerVersionIsRefusedAndLeftAsItIs() throws IOException {
        try (RunningService service = start()) {
            save(service, "a");
        }
        byte[] newer = Files.readAllBytes(directory.resolve(FILE));
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer.wrap(newer)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(slot * SLOT_STRIDE + FORMAT_VERSION, 99);
        }

        assertRefusedUntouched(newer, "unsupported-format", "run that version");
        assertThat(lines("ERROR")).singleElement().asString().contains("99");
    }

    @Test
    void storeWhoseHeaderSlotsAreBothDamagedIsRefusedAndLeftAsItIs() throws IOException {
        try (RunningService service = start()) {
            save(service, "a");
        }
        byte[] damaged = Files.readAllBytes(directory.resolve(FILE));
        damaged[100] ^= 1;
        damaged[SLOT_STRIDE + 100] ^= 1;

        assertRefusedUntouched(damaged, "recovery-failed", "restore a backup");
    }

    @Test
    void emptyFileIsRefusedAndLeftAsItIs() throws IOException {
        assertRefusedUntouched(new byte[0], "unsupported-format", "cut short");
    }

    @Test
    void directoryThatIsAFileIsRefusedAndLeftAsItIs() throws IOException {
        Path file = directory.resolve("data");
        Files.writeString(file, "not a directory");

        try (RunningService service = new RunningService(Service.class, file)) {
            assertFailed(service, "storage-io");
        }

        assertThat(file).hasContent("not a directory");
    }

    @Test
    void readOnlyDirectoryIsRefusedAndSaysHowToReadIt() throws IOException {
        try (RunningService service = start()) {
            save(service, "a");
        }
        byte[] before = Files.readAllBytes(directory.resolve(FILE));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            boolean isWritable = Files.isWritable(directory);
            if (isWritable) {
                System.out.println("Skipped: this user may write to read-only directories");
            }
            assumeFalse(isWritable, "this user may write to read-only directories");

            try (RunningService service = start()) {
                assertFailed(service, "storage-io");
            }
            assertThat(lines("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("entitydb.storage.read-only=true");
            assertThat(directory.resolve(FILE)).hasBinaryContent(before);
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void storeOpenedReadOnlyServesReadsAndIsLeftAsItIs() throws IOException {
        try (RunningService service = start()) {
            save(service, "a");
        }
        byte[] before = Files.readAllBytes(directory.resolve(FILE));

        try (RunningService service = start("entitydb.storage.read-only=true")) {
            assertThat(service.engine().snapshot().latest(new EntityKey("demo", "a"))).isPresent();
            assertThat(service.status("/readyz")).isEqualTo(200);
            assertThat(service.status("/actuator/health/writable")).isEqualTo(503);
            assertThat(service.get("/actuator/health/store")).contains("DEGRADED", "maintenance");
        }

        assertThat(directory.resolve(FILE)).hasBinaryContent(before);
        assertThat(lines("WARN")).singleElement().asString().contains("store is read-only");
    }

    private void assertRefusedUntouched(byte[] content, String code, String action)
            throws IOException {
        Path file = directory.resolve(FILE);
        Files.write(file, content);

        try (RunningService service = start()) {
            assertFailed(service, code);
        }

        assertThat(lines("ERROR"))
                .singleElement()
                .asString()
                .contains(FILE, directory.toString(), action);
        assertThat(file).hasBinaryContent(content);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    /** The process lives and tells; the store does not serve. */
    private void assertFailed(RunningService service, String code) {
        assertThat(service.status("/livez")).isEqualTo(200);
        assertThat(service.status("/readyz")).isEqualTo(503);
        assertThat(service.get("/actuator/health/store")).contains("\"status\":\"DOWN\"");
        assertThat(service.get("/actuator/store")).contains("\"state\":\"failed\"");
        assertThat(service.get("/actuator/prometheus"))
                .contains("entitydb_store_state{state=\"failed\"} 1.0");
        assertThat(service.get("/actuator/health")).doesNotContain(directory.toString());
        assertThat(lines("ERROR")).singleElement().asString().contains("code=\"" + code + "\"");
    }

    private RunningService start(String... properties) {
        return new RunningService(Service.class, directory, properties);
    }

    private static void save(RunningService service, String id) {
        save(service, id, new byte[0]);
    }

    private static void save(RunningService service, String id, byte[] content) {
        var transaction = service.engine().begin("tester");
        transaction.save(
                new EntityKey("demo", id),
                EntityDraft.of(
                        Set.of(Tag.parse("kind:test")), Content.of(Content.OCTET_STREAM, content)));
        transaction.commit();
    }

    @Import(OpenToAll.class)
    @SpringBootApplication(
            scanBasePackages = {"io.entitydb.storage.config", "io.entitydb.observability"})
    static class Service {}
}
