package io.entitydb.web;

import io.entitydb.EntityDbApplication;

import org.awaitility.Awaitility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a process of its own, ready to answer. */
final class ServiceProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final Api api;

    /** Starts the service on a data directory. */
    ServiceProcess(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EntityDbApplication.class.getName()));
        command.addAll(List.of(TemporaryDirectory.arguments(directory)));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        int port = port();
        Thread.ofVirtual().start(this::drain);
        try (Api anonymous = new Api(port)) {
            Awaitility.await().until(() -> anonymous.get("/readyz").status() == 200);
        }
        api = Api.ofAdmin(port);
    }

    private int port() throws IOException {
        StringBuilder log = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            log.append(line).append('\n');
        }
        throw new IllegalStateException("the service did not start:\n" + log);
    }

    /** A full pipe would stop the service. */
    private void drain() {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The process is gone.
        }
    }

    /** A client that may do everything. */
    Api api() {
        return api;
    }

    /** Asks it to stop, with SIGTERM. */
    Process stop() {
        process.destroy();
        return process;
    }

    /** The ids of all entities of the dataset default. */
    static List<String> idsOf(Api api) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Answer page =
                    api.get(Api.entities("default") + "?sort=id&limit=1000&fields=id" + cursor);
            if (page.status() == 503) {
                continue;
            }
            ids.addAll(page.expect(200).ids());
            String next = page.json().path("next").asString("");
            cursor = next.isEmpty() ? null : "&cursor=" + next;
        }
        return ids;
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        api.close();
    }
}
