package io.entitydb.web;

import io.entitydb.EntityDbApplication;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service in a process of its own, ready to answer. */
public final class ServiceProcess implements AutoCloseable {

    private final ServerProcess server;
    private final Api api;

    /**
     * Starts the service on a data directory.
     *
     * @param options of the JVM, beside those that it always has
     */
    public ServiceProcess(Path directory, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(
                List.of(
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EntityDbApplication.class.getName()));
        arguments.addAll(List.of(TemporaryDirectory.arguments(directory)));
        server = new ServerProcess(arguments);
        int port = server.port();
        try (Api anonymous = new Api(port)) {
            Awaitility.await().until(() -> anonymous.get("/readyz").status() == 200);
        }
        api = Api.ofAdmin(port);
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** A client that may do everything. */
    public Api api() {
        return api;
    }

    /** Asks it to stop, with SIGTERM. */
    Process stop() {
        server.process().destroy();
        return server.process();
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
        server.close();
        api.close();
    }
}
