package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Content and digest. */
class ContentTests {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void describesItsBytes() {
        Content content = Content.of("text/plain", ABC);

        assertThat(content.length()).isEqualTo(3);
        assertThat(content.mediaType()).isEqualTo("text/plain");
        assertThat(content.bytes()).isEqualTo(ABC);
        assertThat(content.bytes()).as("a second time").isEqualTo(ABC);
        assertThat(content.digest())
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void equalsByWhatItIsNotByWhereItComesFrom() {
        Content content = Content.of("text/plain", ABC);

        assertThat(content)
                .isEqualTo(
                        new Content(
                                "text/plain", 3, Digest.sha256(ABC), InputStream::nullInputStream))
                .hasSameHashCodeAs(Content.of("text/plain", ABC.clone()))
                .isNotEqualTo(Content.of("text/html", ABC))
                .isNotEqualTo(Content.of("text/plain", "abd".getBytes(StandardCharsets.US_ASCII)))
                .isNotEqualTo(new Content("text/plain", 4, Digest.sha256(ABC), content.source()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain\n",
                "text/plain\r\nX: y",
                "text\u0000",
                "téxt/plain",
                "\t",
                "\u007F"
            })
    void refusesMediaTypesThatAHeaderCannotCarry(String mediaType) {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> Content.of(mediaType, ABC))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/contentType"));
    }

    @Test
    void aMediaTypeHasAtMost127Characters() {
        assertThat(Content.of("x".repeat(127), ABC).mediaType()).hasSize(127);

        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> Content.of("x".repeat(128), ABC));
    }

    @Test
    void aLengthIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Content("a/b", -1, Digest.ZERO, InputStream::nullInputStream));
    }

    @Test
    void aStreamThatFailsIsAnError() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new Content("a/b", 3, Digest.ZERO, () -> closed).bytes());
    }

    @Test
    void aDigestIsItsOwn() {
        byte[] given = new byte[Digest.BYTES];
        Digest digest = Digest.of(given);

        given[0] = 1;
        digest.bytes()[1] = 1;

        assertThat(digest).isEqualTo(Digest.ZERO).hasSameHashCodeAs(Digest.ZERO);
        assertThat(digest).isNotEqualTo(Digest.of(given));
    }

    @Test
    void aDigestHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[0]));
    }

    @Test
    void aDigestGivesItsBytes() {
        Digest digest = Digest.sha256(ABC);
        MessageDigest function = Digest.newSha256();
        byte[] copy = new byte[40];

        digest.updateTo(function);
        digest.copyTo(copy, 8);

        assertThat(function.digest()).isEqualTo(Digest.sha256(digest.bytes()).bytes());
        assertThat(HexFormat.of().formatHex(copy, 8, 40)).isEqualTo(digest.toString());
        assertThat(copy).startsWith(0, 0, 0, 0, 0, 0, 0, 0);
    }
}
