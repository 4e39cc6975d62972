package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /** Describes it, and the device of a directory. */
    static Map<String, String> describe(Path directory) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        lines.put("processor", line(CPU, "model name"));
        lines.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        lines.put("memory", line(MEMORY, "MemTotal"));
        lines.put("load before", Files.exists(LOAD) ? Files.readString(LOAD).strip() : "unknown");
        lines.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        lines.put("file system", Files.getFileStore(directory).type());
        lines.put(
                "java",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        lines.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        lines.put("rocksdb", version(org.rocksdb.RocksDB.class));
        lines.put("lmdb", version(org.lmdbjava.Env.class));
        lines.put("mvstore", version(org.h2.mvstore.MVStore.class));
        lines.put("sqlite", version(org.sqlite.JDBC.class));
        return lines;
    }

    /** The version in the name of the jar that a class comes from. */
    private static String version(Class<?> type) {
        String place =
                Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                        .getLocation()
                        .getPath();
        return place.substring(place.lastIndexOf('/') + 1).replace(".jar", "");
    }

    private static String line(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
