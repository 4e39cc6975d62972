package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.web.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Digests as requests state them. */
class DigestFieldTests {

    private static final Digest DIGEST = Digest.sha256("text".getBytes(StandardCharsets.UTF_8));
    private static final String BASE64 = Base64.getEncoder().encodeToString(DIGEST.bytes());

    private static MockHttpServletRequest request(String header, String... lines) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String line : lines) {
            request.addHeader(header, line);
        }
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:%s:",
                "  sha-256=:%s:\t",
                "sha-512=:YWJj:, sha-256=:%s:",
                "sha-256=:%s:,unixsum=:YQ==:",
                "sha-256=:YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=:, sha-256=:%s:"
            })
    void isRead(String form) {
        for (String header : new String[] {"Content-Digest", "Repr-Digest"}) {
            assertThat(DigestField.of(request(header, form.formatted(BASE64))))
                    .isEqualTo(new DigestField(header, DIGEST));
        }
    }

    @Test
    void linesAreOneList() {
        assertThat(DigestField.of(request("Repr-Digest", "md5=:YQ==:", "sha-256=:" + BASE64 + ":")))
                .isEqualTo(new DigestField("Repr-Digest", DIGEST));
    }

    @Test
    void otherAlgorithmsArePassedOver() {
        assertThat(DigestField.of(request("Content-Digest", "sha-512=:YQ==:"))).isNull();
        assertThat(DigestField.of(new MockHttpServletRequest())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256",
                "sha-256=YQ==",
                "sha-256=:YQ==:",
                "sha-256=:====:",
                "SHA-256=:YQ==:",
                "sha-256=:YQ==: x",
                "sha-512=:YQ==:;a"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> DigestField.of(request("Content-Digest", text)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("malformed-request");
    }

    @Test
    void anotherContentIsRefused() {
        DigestField field = new DigestField("Content-Digest", DIGEST);

        field.require(DIGEST);

        assertThatThrownBy(() -> field.require(Digest.ZERO))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("digest-mismatch");
    }
}
