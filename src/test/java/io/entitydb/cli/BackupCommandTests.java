package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.EntityDbApplication;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class BackupCommandTests {

    @TempDir private Path directory;
    private Path data;
    private Path backups;
    private Path restored;

    @BeforeEach
    void write() {
        data = directory.resolve("data");
        backups = directory.resolve("backups");
        restored = directory.resolve("restored");
        WorkedStore.write(data, 20);
    }

    private Invocation backup(String... options) {
        return run("backup", options, data, backups);
    }

    private Invocation restore(String... options) {
        return run("restore", options, backups, restored);
    }

    private static Invocation run(String command, String[] options, Path... paths) {
        return Invocation.of(
                Stream.of(
                                Stream.of(command),
                                Arrays.stream(options),
                                Arrays.stream(paths).map(Path::toString))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    private static JsonNode json(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.err()).isEqualTo(ExitCode.SOUND);
        return JsonMapper.shared().readTree(invocation.out());
    }

    @Test
    void storeIsBackedUpAndRestored() throws IOException {
        byte[] before = Files.readAllBytes(data.resolve("entities.edb"));
        JsonNode full = json(backup("--json"));
        assertThat(Files.readAllBytes(data.resolve("entities.edb"))).isEqualTo(before);
        assertThat(full.path("type").asString()).isEqualTo("full");
        WorkedStore.write(data, 5);
        JsonNode increment = json(backup("--json"));
        assertThat(increment.path("type").asString()).isEqualTo("incremental");
        assertThat(increment.path("base")).isEqualTo(full.path("id"));
        assertThat(json(backup("--json")).path("new").asBoolean()).isFalse();

        JsonNode made = json(restore("--json"));

        assertThat(made.path("transaction").asLong()).isEqualTo(25);
        assertThat(made.path("digest")).isEqualTo(increment.path("digest"));
        assertThat(made.path("epoch").asLong()).isEqualTo(2);
        assertThat(Invocation.of("verify", restored.toString()).code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void pointOfThePastIsRestored() {
        String instant;
        try (StorageEngine engine = WorkedStore.open(data)) {
            instant = engine.log().newest().at().toString();
        }
        WorkedStore.write(data, 5);
        backup();

        assertThat(restore("--at", instant).out()).contains("up to transaction 20 of " + instant);
        restored = directory.resolve("again");
        assertThat(json(restore("--json", "--at", "tx:7")).path("transaction").asLong())
                .isEqualTo(7);
    }

    @Test
    void pointThatMakesNoSenseIsRefused() {
        backup();
        for (String bad : List.of("yesterday", "v:3", "2026-11-30", "tx:")) {
            Invocation refused = restore("--at", bad);
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("neither an RFC 3339 date-time");
        }
        Invocation behind = restore("--at", "tx:21");
        assertThat(behind.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(behind.err()).contains("restore-refused: transaction 21 is behind the end");
        assertThat(restored).doesNotExist();
    }

    @Test
    void targetWithSomethingInItIsRefused() throws IOException {
        backup();
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("mine"), "mine");

        Invocation refused = restore();

        assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(refused.err()).contains("not empty").contains("never overwrites");
        assertThat(Files.readString(restored.resolve("mine"))).isEqualTo("mine");
    }

    @Test
    void openStoreIsNotBackedUpAndNothingElseEither() {
        try (StorageEngine _ = WorkedStore.open(data)) {
            Invocation refused = backup();
            assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
            assertThat(refused.err()).contains("storage-locked");
        }
        data = directory.resolve("nothing");
        assertThat(backup().code()).isEqualTo(ExitCode.USAGE);
        data = backups;
        assertThat(backup().code()).isEqualTo(ExitCode.USAGE);
        assertThat(restore().code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(backup("--keep", "0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void dataDirectoryIsNoDirectoryForBackups() {
        backups = data;

        Invocation refused = backup();

        assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(refused.err()).contains("is a data directory");
    }

    @Test
    void backupsAreVerified() throws IOException {
        JsonNode full = json(backup("--json"));
        WorkedStore.write(data, 5);
        JsonNode increment = json(backup("--json"));
        Path file = backups.resolve(increment.path("id").asString() + ".incremental.edb");

        JsonNode all = json(Invocation.of("verify", "--json", backups.toString()));
        assertThat(all.path("chains").path(0).path("backups").size()).isEqualTo(2);
        assertThat(all.path("chains").path(0).path("lastDigest").isMissingNode()).isTrue();
        assertThat(all.path("chains").path(0).path("log").path("lastDigest"))
                .isEqualTo(increment.path("digest"));
        assertThat(Invocation.of("verify", file.toString()).out()).contains("SOUND");

        byte[] bytes = Files.readAllBytes(file);
        bytes[8192 + 200] ^= 1;
        Files.write(file, bytes);
        Invocation damaged = Invocation.of("verify", backups.toString());
        assertThat(damaged.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(damaged.out()).contains("DAMAGED");
        Files.delete(backups.resolve(full.path("id").asString() + ".full.edb"));
        Invocation orphaned = Invocation.of("verify", backups.toString());
        assertThat(orphaned.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(orphaned.out()).contains("which is missing or damaged");
    }

    @Test
    void olderChainsAreDeletedIfThatIsAskedFor() {
        for (int i = 0; i < 3; i++) {
            WorkedStore.write(data, 2);
            backup("--full");
        }
        WorkedStore.write(data, 2);

        assertThat(json(backup("--full", "--keep", "2", "--json")).path("deleted").size())
                .isEqualTo(2);
    }

    @Test
    void ledgerIsNeededUnlessThatIsAccepted() throws IOException {
        backup();
        Files.delete(backups.resolve("erasures.ledger"));

        assertThat(restore().err()).contains("--without-ledger");
        assertThat(restore("--ledger", directory.toString()).code()).isEqualTo(ExitCode.USAGE);
        assertThat(restore("--without-ledger").code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void commandsRunAsAProcess() throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EntityDbApplication.class.getName(),
                        "backup",
                        data.toString(),
                        backups.toString());
        Process process = new ProcessBuilder(command).start();

        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(err).isZero();
        assertThat(out).startsWith("full ").contains("up to transaction 20");
        assertThat(err.lines().filter(line -> !line.startsWith("WARNING"))).isEmpty();
    }

    @Test
    void everyCommandHasHelpAndTellsItsExitCodes() {
        for (String command :
                List.of("backup", "restore", "inspect", "rebuild-indexes", "verify")) {
            Invocation help = Invocation.of(command, "--help");
            assertThat(help.code()).isEqualTo(ExitCode.SOUND);
            assertThat(help.out()).contains("Exit codes:", "--json", "--quiet");
        }
    }
}
