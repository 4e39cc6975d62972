package io.entitydb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Stores that earlier versions left, laid out in a directory as a service would find them. */
final class GoldenStore {

    private static final Path SOURCE = Path.of("src/test/resources/format/v4");

    private GoldenStore() {}

    /** Writes data file and index image of a golden store into a directory. */
    static Path in(Path directory, String name) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(SOURCE.resolve(name + ".edb.gz")))) {
            Files.write(directory.resolve("entities.edb"), in.readAllBytes());
        }
        Files.copy(SOURCE.resolve(name + ".idx"), directory.resolve("entities.idx"));
        return directory;
    }
}
