package io.entitydb.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Inputs of a fuzz target that reach different code, committed as text: one input a line, in
 * Base64.
 */
final class FuzzCorpus {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "fuzz");

    private FuzzCorpus() {}

    /** The committed inputs, and those that are made anew. */
    static List<byte[]> of(FuzzTarget target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        for (String line : Files.readAllLines(file(target), StandardCharsets.US_ASCII)) {
            inputs.add(Base64.getDecoder().decode(line));
        }
        return inputs;
    }

    /** Writes the inputs into a directory, one file each, as a fuzzer wants them. */
    static void unpack(FuzzTarget target, Path directory) throws IOException {
        Files.createDirectories(directory);
        int number = 0;
        for (byte[] input : of(target)) {
            Files.write(directory.resolve("input-" + number++), input);
        }
    }

    /** Takes the inputs in a directory for the committed ones. */
    static void pack(FuzzTarget target, Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                lines.add(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        lines.sort(null);
        Files.createDirectories(DIRECTORY);
        Files.write(file(target), lines, StandardCharsets.US_ASCII);
    }

    private static Path file(FuzzTarget target) {
        return DIRECTORY.resolve(target.label() + ".txt");
    }
}
