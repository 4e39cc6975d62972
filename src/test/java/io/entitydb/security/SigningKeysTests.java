package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

class SigningKeysTests {

    private static final long LATER = Duration.ofSeconds(3).toNanos();

    @TempDir private Path directory;

    private final AtomicLong nanos = new AtomicLong();

    private Path file() {
        return directory.resolve("signing-keys");
    }

    private SigningKeys own() {
        return new SigningKeys(file(), true, nanos::get);
    }

    private SigningKeys ofOperator() {
        return new SigningKeys(file(), false, nanos::get);
    }

    private static String line() {
        return Base64.getEncoder().encodeToString(Secrets.bytes());
    }

    @Test
    void aMissingFileIsMadeForTheOwnerAlone() throws IOException {
        String id = own().keys().getFirst().id();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(own().keys()).extracting(SigningKeys.Key::id).containsExactly(id);
    }

    @Test
    void theOperatorsFileIsNotMade() {
        assertThatIllegalStateException()
                .isThrownBy(ofOperator()::keys)
                .withMessageContaining("signing keys cannot be used");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n# nothing\n", "c2hvcnQ=\n", "no Base64 at all!\n"})
    void aFileWithoutKeysIsRefused(String text) throws IOException {
        Files.writeString(file(), text);

        assertThatIllegalStateException()
                .isThrownBy(own()::keys)
                .withMessageContaining("cannot be used")
                .withMessageNotContaining("c2hvcnQ");
    }

    @Test
    void aChangedFileIsReadAgainAndABrokenOneIsNot() throws IOException {
        String old = line();
        Files.writeString(file(), old + "\n");
        SigningKeys keys = ofOperator();
        AccessTokens tokens = new AccessTokens(keys, Clock.systemUTC());
        String before = tokens.issue("ada", "s", Duration.ofMinutes(1));

        Files.writeString(file(), "# the new one first\n" + line() + "\n" + old + "\n");
        nanos.addAndGet(LATER);
        String after = tokens.issue("ada", "s", Duration.ofMinutes(1));

        assertThat(tokens.verify(before)).contains(new AccessTokens.Claims("ada", "s"));
        assertThat(tokens.verify(after)).contains(new AccessTokens.Claims("ada", "s"));

        Files.writeString(file(), "broken");
        nanos.addAndGet(LATER);
        assertThat(tokens.verify(after)).isPresent();

        Files.writeString(file(), line() + "\n");
        nanos.addAndGet(LATER);
        assertThat(tokens.verify(before)).isEmpty();
        assertThat(tokens.verify(after)).isEmpty();
    }

    @Test
    void rotationSignsWithAnotherKeyAndForgetsTheOldest() {
        SigningKeys keys = own();
        AccessTokens tokens = new AccessTokens(keys, Clock.systemUTC());
        String first = tokens.issue("ada", "s", Duration.ofMinutes(1));

        keys.rotate();
        String second = tokens.issue("ada", "s", Duration.ofMinutes(1));
        keys.rotate();

        assertThat(keys.keys()).hasSize(3);
        assertThat(tokens.verify(first)).isPresent();
        assertThat(tokens.verify(second)).isPresent();
        keys.rotate();
        assertThat(tokens.verify(first)).isEmpty();
        assertThat(tokens.verify(second)).isPresent();
        assertThat(own().keys()).isEqualTo(keys.keys());
    }

    @Test
    void theOperatorsFileIsNotRotated() throws IOException {
        Files.writeString(file(), line());

        assertThatIllegalStateException()
                .isThrownBy(ofOperator()::rotate)
                .withMessageContaining("put a new line");
    }
}
