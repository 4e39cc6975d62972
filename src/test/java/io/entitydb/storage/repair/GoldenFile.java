package io.entitydb.storage.repair;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Stores that earlier versions left. */
final class GoldenFile {

    static final List<String> NAMES = List.of("small", "large", "killed");

    private static final Path DIRECTORY = Path.of("src/test/resources/format/v4");

    private GoldenFile() {}

    static byte[] data(String name) {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(name + ".edb.gz")))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] image(String name) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve(name + ".idx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
