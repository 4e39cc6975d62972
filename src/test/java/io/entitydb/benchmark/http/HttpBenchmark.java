package io.entitydb.benchmark.http;

import io.entitydb.benchmark.Waiting;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Measures the packaged service over HTTP, with authentication and forced commits, beside {@link
 * EmptyApplication}: a measurement of the one follows one of the other, so that whatever else the
 * machine does meets both. Each reads the same requests from the same load.
 *
 * <p>Arguments: the jar of the service, a directory that is not there yet, seconds of a measurement
 * (5), rounds (5), entities that are loaded (20000), a pattern of the names of what is measured
 * (all). Writes {@code http.md} and {@code http.json} beside the directory.
 */
public final class HttpBenchmark {

    private static final String PASSWORD = "a password of benchmarks";
    private static final String JSON = "application/json";
    private static final int LINES = 1000;
    private static final int SUBSCRIBERS = 16;
    private static final int WARM_UP_ANSWERS = 50_000;
    private static final int WARM_UP_ROUNDS = 20;
    private static final Duration LONGEST_FEED = Duration.ofMinutes(5);
    private static final String EVENT = "event: change\n";
    private static final int EVENT_BYTES = 64 << 10;

    private final Path directory;
    private final Duration time;
    private final int rounds;
    private final int loaded;
    private final Pattern wanted;
    private final Load load;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final JsonMapper json = JsonMapper.shared();

    private HttpBenchmark(Path directory, List<String> options) {
        this.directory = directory;
        this.time = Duration.ofSeconds(Integer.parseInt(options.get(0)));
        this.rounds = Integer.parseInt(options.get(1));
        this.loaded = Integer.parseInt(options.get(2));
        this.wanted = Pattern.compile(options.get(3));
        this.load = Load.best(directory);
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]).toAbsolutePath();
        Files.createDirectories(directory.getParent());
        Files.createDirectory(directory);
        List<String> options = new ArrayList<>(List.of("5", "5", "20000", ""));
        for (int n = 2; n < arguments.length; n++) {
            options.set(n - 2, arguments[n]);
        }
        new HttpBenchmark(directory, options).run(jar);
    }

    private void run(Path jar) throws Exception {
        try (Server service = service(jar)) {
            String token = login(service);
            String key = key(service, token);
            load(service, token);
            Path page = directory.resolve("page");
            Path events = directory.resolve("events");
            Files.writeString(page, service.get(Requests.query(0), token));
            String some = someEvents(service, token);
            Files.writeString(events, some);
            int repeats = Math.ceilDiv(loaded, some.split(EVENT, -1).length - 1);
            try (Server empty = empty(page, events, repeats)) {
                measure(service, empty, token, key);
            }
        }
        HttpReport report = new HttpReport(load.name(), time, rounds, loaded, comparisons);
        report.write(directory.resolveSibling("http.md"), directory.resolveSibling("http.json"));
        System.out.print(report.markdown());
    }

    private void measure(Server service, Server empty, String token, String key)
            throws IOException, InterruptedException {
        Requests byToken = Requests.reads(token, loaded);
        Requests byKey = Requests.reads(key, loaded);
        compare(service, empty, new Subject("GET, access token", 16, byToken));
        compare(service, empty, new Subject("GET, API key", 16, byKey));
        compare(service, empty, new Subject("GET, API key", 64, byKey));
        compare(service, empty, new Subject("query of 50", 16, Requests.queries(key)));
        Requests creations = Requests.creations(key);
        compare(service, empty, new Subject("POST, durable", 64, creations));
        compare(service, empty, new Subject("POST, durable", 1, creations));
        if (isWanted("feed")) {
            follow(service, empty, key);
            followLive(service, key);
        }
    }

    /**
     * What is measured.
     *
     * @param name for reports
     * @param connections how many send requests
     * @param requests what they send
     */
    private record Subject(String name, int connections, Requests requests) {}

    /** Takes turns: service, empty, service, empty, … */
    private void compare(Server service, Server empty, Subject subject)
            throws IOException, InterruptedException {
        if (!isWanted(subject.name())) {
            return;
        }
        warmUp(service, subject);
        warmUp(empty, subject);
        Comparison comparison = new Comparison(subject.name(), subject.connections(), "requests/s");
        for (int round = 0; round < rounds; round++) {
            Load.Figures ours = measure(service, subject);
            comparison.add(ours, measure(empty, subject));
        }
        add(comparison);
    }

    /** Until the compiler has seen enough, on a slow machine within some rounds. */
    private void warmUp(Server server, Subject subject) throws IOException, InterruptedException {
        double answers = 0;
        for (int round = 0; answers < WARM_UP_ANSWERS && round < WARM_UP_ROUNDS; round++) {
            answers += measure(server, subject).perSecond() * time.toNanos() / 1e9;
        }
    }

    private Load.Figures measure(Server server, Subject subject)
            throws IOException, InterruptedException {
        Duration before = server.processors();
        return load.run(server.port(), subject.requests(), subject.connections(), time)
                .with(server.processors().minus(before), time);
    }

    private boolean isWanted(String name) {
        return wanted.matcher(name).find();
    }

    /**
     * Subscribers that read from the beginning, and how much all get until the last has all that
     * was loaded.
     */
    private void follow(Server service, Server empty, String key)
            throws IOException, InterruptedException {
        Comparison comparison = new Comparison("feed from the beginning", SUBSCRIBERS, "events/s");
        for (int round = -1; round < rounds; round++) {
            double ours = delivered(service, key);
            double theirs = delivered(empty, key);
            if (round >= 0) {
                comparison.add(Load.Figures.rate(ours), Load.Figures.rate(theirs));
            }
        }
        add(comparison);
    }

    private double delivered(Server server, String key) throws IOException {
        // The border of a chunk hides an event from whoever counts, now and then.
        long events = 99L * loaded / 100;
        long start = System.nanoTime();
        try (Feeds feeds = new Feeds(server, "0", key, SUBSCRIBERS)) {
            feeds.await(events, LONGEST_FEED);
            return feeds.delivered() * 1e9 / (System.nanoTime() - start);
        }
    }

    /** Subscribers that wait for what eight connections write at the same time. */
    private void followLive(Server service, String key) throws IOException, InterruptedException {
        Comparison comparison =
                new Comparison(
                        "feed beside 8 connections that write",
                        SUBSCRIBERS,
                        "events/s, and the writes times " + SUBSCRIBERS);
        Requests creations = Requests.creations(key);
        for (int round = -1; round < rounds; round++) {
            try (Feeds feeds = new Feeds(service, "now", key, SUBSCRIBERS)) {
                long start = System.nanoTime();
                Load.Figures writes = load.run(service.port(), creations, 8, time);
                double delivered = feeds.delivered() * 1e9 / (System.nanoTime() - start);
                if (round >= 0) {
                    comparison.add(
                            Load.Figures.rate(delivered),
                            Load.Figures.rate(writes.perSecond() * SUBSCRIBERS));
                }
            }
        }
        add(comparison);
    }

    private void add(Comparison comparison) {
        comparisons.add(comparison);
        System.err.println(comparison.row());
    }

    private Server service(Path jar) throws IOException {
        return new Server(
                List.of(
                        "-jar",
                        jar.toString(),
                        "--entitydb.storage.directory=" + directory.resolve("data"),
                        "--entitydb.security.admin-password=" + PASSWORD,
                        "--entitydb.security.access-token-lifetime=1h",
                        // One address and one user send all that the machine can take.
                        "--entitydb.security.limits.principal-rate=1000000",
                        "--entitydb.security.limits.address-rate=1000000"));
    }

    private static Server empty(Path page, Path events, int repeats) throws IOException {
        return new Server(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyApplication.class.getName(),
                        "--ready.page=" + page,
                        "--ready.events=" + events,
                        "--ready.repeats=" + repeats));
    }

    private String login(Server service) throws IOException, InterruptedException {
        String body = "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}";
        IOException last = new IOException("no attempt");
        // The administrator is made once the store is open.
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                service.get("/readyz", "");
                return text(
                        service.call(
                                "POST",
                                "/api/v1/auth/tokens",
                                "",
                                JSON,
                                BodyPublishers.ofString(body)),
                        "accessToken");
            } catch (IOException e) {
                last = e;
                Waiting.forMillis(1000);
            }
        }
        throw last;
    }

    private String key(Server service, String token) throws IOException, InterruptedException {
        String body = "{\"label\":\"benchmark\",\"expiresInDays\":1}";
        return text(
                service.call(
                        "POST",
                        "/api/v1/users/admin/keys",
                        token,
                        JSON,
                        BodyPublishers.ofString(body)),
                "key");
    }

    private String text(String document, String member) {
        return json.readTree(document).path(member).asString();
    }

    private void load(Server service, String token) throws IOException, InterruptedException {
        service.call(
                "POST",
                "/api/v1/datasets",
                token,
                JSON,
                BodyPublishers.ofString("{\"name\":\"" + Requests.DATASET + "\"}"));
        var random = new SplittableRandom(0);
        for (int first = 0; first < loaded; first += LINES) {
            StringBuilder lines = new StringBuilder();
            for (int n = first; n < Math.min(loaded, first + LINES); n++) {
                lines.append(Requests.entity(random, Requests.id(n))).append('\n');
            }
            service.call(
                    "POST",
                    Requests.ENTITIES + ":import?report=failed",
                    token,
                    "application/x-ndjson",
                    BodyPublishers.ofString(lines.toString()));
        }
    }

    /** The beginning of the feed, up to the end of an event, as the service sends it. */
    private String someEvents(Server service, String token) throws IOException {
        try (Socket socket = service.follow("0", token)) {
            // Every change takes more than 100 bytes; more than there are would be waited for.
            int length = Math.min(EVENT_BYTES, 100 * loaded);
            byte[] bytes = socket.getInputStream().readNBytes(length);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.substring(0, text.lastIndexOf(EVENT));
        }
    }
}
