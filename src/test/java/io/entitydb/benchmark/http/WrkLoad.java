package io.entitydb.benchmark.http;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Load of wrk, whose script sends the requests of a file. */
record WrkLoad(Path directory) implements Load {

    private static final Pattern FIGURES =
            Pattern.compile("figures ([\\d.]+) ([\\d.]+) ([\\d.]+) ([\\d.]+) ([\\d.]+)");

    private static final String SCRIPT =
            """
            local requests = {}
            local at = 0
            function init(arguments)
              local file = assert(io.open(arguments[1], "rb"))
              while true do
                local length = file:read("*n")
                if not length then break end
                file:read(1)
                requests[#requests + 1] = file:read(length)
              end
              file:close()
            end
            function request()
              at = at % #requests + 1
              return requests[at]
            end
            function done(summary, latency, all)
              local e = summary.errors
              io.write(string.format("figures %d %d %.1f %.1f %d\\n", summary.requests,
                  summary.duration, latency:percentile(50), latency:percentile(99),
                  e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;

    /** Whether wrk is installed. */
    static boolean isThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "wrk")));
    }

    @Override
    public Figures run(int port, Requests requests, int connections, Duration time)
            throws IOException, InterruptedException {
        Path script = directory.resolve("requests.lua");
        Path file = directory.resolve("requests");
        Files.writeString(script, SCRIPT);
        requests.write(file);
        Process process =
                new ProcessBuilder(
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + time.toSeconds() + "s",
                                "-s",
                                script.toString(),
                                "http://127.0.0.1:" + port,
                                "--",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = FIGURES.matcher(output);
        if (process.waitFor() != 0 || !found.find()) {
            throw new IOException("wrk failed:\n" + output);
        }
        return new Figures(
                Double.parseDouble(found.group(1)) * 1e6 / Double.parseDouble(found.group(2)),
                Double.parseDouble(found.group(3)),
                Double.parseDouble(found.group(4)),
                Math.round(Double.parseDouble(found.group(5))),
                0);
    }

    @Override
    public String name() {
        return "wrk, one thread";
    }
}
