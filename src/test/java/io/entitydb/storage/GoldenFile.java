package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A store as an earlier build left it. Every {@code *.edb.gz} below {@code format/v*} of the test
 * resources is one, with an image of its index and what it holds in words beside it.
 *
 * @param name format and name, as in {@code v4/small}
 * @param data bytes of the data file; not to be changed
 * @param image bytes of the index image; null if there is none; not to be changed
 * @param history what {@link GoldenHistory#describe} says of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record GoldenFile(String name, byte[] data, byte @Nullable [] image, String history) {

    private static final Path FORMATS = Path.of("src", "test", "resources", "format");
    private static final String DATA = ".edb.gz";

    /** All of them, by name. */
    static List<GoldenFile> all() {
        try (Stream<Path> files = Files.find(FORMATS, 3, (path, attributes) -> isData(path))) {
            return files.sorted().map(GoldenFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of a name. */
    static GoldenFile of(String name) {
        return read(FORMATS.resolve(name + DATA));
    }

    /** The format's directory, as in {@code v4}. */
    String format() {
        return name.substring(0, name.indexOf('/'));
    }

    private static boolean isData(Path path) {
        return path.getFileName().toString().endsWith(DATA);
    }

    private static GoldenFile read(Path path) {
        String file = path.getFileName().toString();
        String plain = file.substring(0, file.length() - DATA.length());
        Path image = path.resolveSibling(plain + ".idx");
        try (var packed = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            return new GoldenFile(
                    path.resolveSibling(plain)
                            .subpath(FORMATS.getNameCount(), path.getNameCount())
                            .toString()
                            .replace('\\', '/'),
                    packed.readAllBytes(),
                    Files.exists(image) ? Files.readAllBytes(image) : null,
                    Files.readString(path.resolveSibling(plain + ".history.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + path, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
