package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the chart's pods do, done to the service: they run these scripts in a shell with curl. */
@ServiceTest
class ChartScriptsIT {

    @LocalServerPort private int port;
    @Autowired private Environment environment;
    @TempDir private Path directory;

    @BeforeEach
    void tools() {
        boolean areThere = isThere("bash") && isThere("curl");
        if (!areThere) {
            System.out.println("Skipped: bash or curl is not on the path");
        }
        assumeTrue(areThere, "bash or curl is not on the path");
    }

    @Test
    void testOfTheReleaseReadsThePast() throws Exception {
        Run run = run("admin-password", TemporaryDirectory.PASSWORD, "client.sh", "time-travel.sh");

        assertThat(run).isEqualTo(new Run(0, "Written, changed, and read as it was before.\n"));
    }

    @Test
    void backupIsMadeAndWaitedFor() throws Exception {
        Run run = run("admin-password", TemporaryDirectory.PASSWORD, "client.sh", "backup.sh");

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).contains("\"state\":\"done\"");
    }

    @Test
    void keyOfItsOwnIsEnoughForABackup(Api admin) throws Exception {
        admin.post(
                "/api/v1/users",
                "{\"name\": \"chart-backup\", \"tags\": [\"rbac:perm:store:backup\", \"rbac:perm:store:view\"]}");
        String key =
                admin.post(
                                "/api/v1/users/chart-backup/keys",
                                "{\"label\": \"cronjob\", \"expiresInDays\": 1}")
                        .json()
                        .at("/key")
                        .asString();

        Run run = run("api-key", key, "client.sh", "backup.sh");

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).contains("\"state\":\"done\"");
    }

    @Test
    void wrongPasswordEndsTheScript() throws Exception {
        Run run = run("admin-password", "wrong", "client.sh", "time-travel.sh");

        assertThat(run.code()).isNotZero();
        assertThat(run.output()).contains("no token").doesNotContain("Written");
    }

    /** A volume is filled from the backup that the other script made, and never again. */
    @Test
    void volumeIsFilledOnce() throws Exception {
        run("admin-password", TemporaryDirectory.PASSWORD, "client.sh", "time-travel.sh");
        run("admin-password", TemporaryDirectory.PASSWORD, "client.sh", "backup.sh");
        String backups = environment.getRequiredProperty("entitydb.backup.directory");

        Run verified = runCommand("verify.sh", backups);
        Run first = restore(backups);
        Run second = restore(backups);

        assertThat(verified.code()).as(verified.output()).isZero();
        assertThat(first.code()).as(first.output()).isZero();
        assertThat(directory.resolve("store").resolve("entities.edb")).isRegularFile();
        assertThat(directory.resolve("restoring")).doesNotExist();
        assertThat(second).isEqualTo(new Run(0, "The volume has a store: nothing is restored.\n"));
    }

    @Test
    void restoreThatFailsLeavesNoStore() throws Exception {
        Files.createDirectories(directory.resolve("restoring"));

        Run run = restore(directory.resolve("nothing").toString());

        assertThat(run.code()).isNotZero();
        assertThat(directory.resolve("store")).doesNotExist();
    }

    private Run restore(String backups) throws IOException, InterruptedException {
        return runCommand("restore.sh", backups);
    }

    /** Runs a script of the image: its jar is that of the classes under test. */
    private Run runCommand(String script, String backups) throws IOException, InterruptedException {
        String program =
                "java() { '%s' -cp '%s' io.entitydb.EntityDbApplication \"${@:3}\"; }%n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"));
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-euc", program + Chart.file("files/" + script))
                        .redirectErrorStream(true);
        shell.environment().put("DATA", directory.toString());
        shell.environment().put("BACKUPS", backups);
        shell.environment().put("RESTORE_FROM", backups);
        shell.environment().put("RESTORE_AT", "");
        return end(shell);
    }

    private static Run end(ProcessBuilder shell) throws IOException, InterruptedException {
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Run run(String file, String secret, String... scripts)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String script : scripts) {
            text.append(Chart.file("files/" + script)).append('\n');
        }
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-euc", text.toString()).redirectErrorStream(true);
        shell.environment().put("URL", "http://localhost:" + port);
        shell.environment()
                .put("CURL", "curl --silent --show-error --fail-with-body --max-time 60");
        shell.environment().put("SECRETS", directory.toString());
        shell.environment().put("WORK", directory.toString());
        Files.writeString(directory.resolve(file), secret);
        return end(shell);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> new File(path, program).canExecute());
    }

    /** How a script ended. */
    private record Run(int code, String output) {}
}
