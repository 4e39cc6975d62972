package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Ticker;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that sign access tokens, from a file: the first signs, all are accepted. So a key is
 * changed without anybody being logged out: the new one is put before the old one, which is taken
 * away when the tokens that it signed have expired. Thread-safe.
 *
 * <p><b>Shape:</b> lines of Base64, each of at least 32 bytes; empty lines and those that begin
 * with {@code #} are passed over. <b>Errors:</b> a file that cannot be used when it is first needed
 * is an {@link IllegalStateException} that names it; one that becomes so later leaves the keys as
 * they were, and is logged.
 */
@Slf4j
public final class SigningKeys {

    private static final int SHORTEST = 32;
    private static final int KEPT = 3;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String ALGORITHM = "HmacSHA256";

    private final Path file;
    private final boolean isOwn;
    private final Ticker ticker;

    private volatile @Nullable Loaded loaded;

    /**
     * The keys of a file.
     *
     * @param isOwn whether the service makes the file if it is missing, and may change it
     */
    SigningKeys(Path file, boolean isOwn, Ticker ticker) {
        this.file = file;
        this.isOwn = isOwn;
        this.ticker = ticker;
    }

    /**
     * A key.
     *
     * @param id names it in tokens; tells nothing about it
     * @param secret the key
     */
    record Key(String id, SecretKey secret) {}

    private record Loaded(List<Key> keys, String text, long nanos) {

        private Loaded at(long later) {
            return new Loaded(keys, text, later);
        }
    }

    /** The keys; the first signs. */
    List<Key> keys() {
        Loaded present = loaded;
        if (present == null || ticker.read() - present.nanos() > CHECK_NANOS) {
            present = load();
        }
        return present.keys();
    }

    /**
     * Begins to sign with another key. The last ones before are still accepted.
     *
     * @throws IllegalStateException if the file is an operator's, who changes it instead
     */
    public synchronized void rotate() {
        if (!isOwn) {
            throw new IllegalStateException(
                    "the signing keys come from a file of the operator: put a new line before the"
                            + " others in it");
        }
        StringBuilder lines = new StringBuilder(line(Secrets.bytes()));
        keys().stream()
                .limit(KEPT - 1L)
                .map(key -> line(key.secret().getEncoded()))
                .forEach(lines::append);
        try {
            write(lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the signing keys cannot be written", e);
        }
        loaded = null;
    }

    private synchronized Loaded load() {
        Loaded before = loaded;
        try {
            String text = read();
            Loaded fresh =
                    before != null && before.text().equals(text)
                            ? before.at(ticker.read())
                            : new Loaded(parse(text), text, ticker.read());
            loaded = fresh;
            return fresh;
        } catch (IOException | IllegalArgumentException e) {
            if (before == null) {
                throw new IllegalStateException(
                        "the file of signing keys cannot be used: " + reason(e), e);
            }
            log.atError()
                    .addArgument(reason(e))
                    .log("signing keys stay as they were; their file cannot be used: {}");
            Loaded same = before.at(ticker.read());
            loaded = same;
            return same;
        }
    }

    private static String line(byte[] key) {
        return Base64.getEncoder().encodeToString(key) + "\n";
    }

    private String read() throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            if (!isOwn) {
                throw e;
            }
            write(line(Secrets.bytes()));
            return Files.readString(file, StandardCharsets.US_ASCII);
        }
    }

    /** Puts a whole file there, which is the owner's alone from its first moment on. */
    private void write(String text) throws IOException {
        Path path = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(path);
        FileAttribute<?>[] attributes =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(path, attributes);
        Files.writeString(
                path,
                text,
                StandardCharsets.US_ASCII,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Key> parse(String text) {
        List<Key> keys = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            byte[] bytes = Base64.getDecoder().decode(line);
            if (bytes.length < SHORTEST) {
                throw new IllegalArgumentException("a key has at least " + SHORTEST + " bytes");
            }
            keys.add(
                    new Key(
                            Secrets.hash(line).substring(0, 11),
                            new SecretKeySpec(bytes, ALGORITHM)));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it");
        }
        return List.copyOf(keys);
    }

    /** Says what is wrong without a piece of what was read. */
    private static String reason(Exception error) {
        return error instanceof IllegalArgumentException
                        && error.getMessage() != null
                        && error.getMessage().startsWith("Illegal base64")
                ? "a line is not Base64"
                : String.valueOf(error.getMessage());
    }
}
