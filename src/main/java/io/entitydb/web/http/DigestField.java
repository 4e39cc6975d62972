package io.entitydb.web.http;

import io.entitydb.entity.Digest;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 that a request states of its body. A content is sent as it is, so it makes no
 * difference whether it is stated of what is sent or of what is stored. Other algorithms are passed
 * over. <b>Source:</b> RFC 9530.
 *
 * @param header the header that states it
 * @param digest what it states
 */
public record DigestField(String header, Digest digest) {

    /** Of the bytes that are sent. */
    public static final String CONTENT_DIGEST = "Content-Digest";

    /** Of the whole, of which a part may be sent. */
    public static final String REPR_DIGEST = "Repr-Digest";

    private static final String ALGORITHM = "sha-256";

    /** A member of a dictionary of structured fields: a key and bytes in base64. */
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t]*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):[ \\t]*(?:,|$)");

    /**
     * The digest that a request states; null if it states none of this algorithm.
     *
     * @throws ProblemException if a header cannot be read
     */
    public static @Nullable DigestField of(HttpServletRequest request) {
        DigestField ofContent = of(request, CONTENT_DIGEST);
        DigestField ofWhole = of(request, REPR_DIGEST);
        return ofContent == null ? ofWhole : ofContent;
    }

    private static @Nullable DigestField of(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        String text = String.join(",", lines);
        Digest found = null;
        Matcher matcher = MEMBER.matcher(text);
        for (int end = 0; end < text.length(); end = matcher.end()) {
            if (!matcher.region(end, text.length()).lookingAt()) {
                throw malformed(header);
            }
            if (matcher.group(1).equals(ALGORITHM)) {
                found = decoded(matcher.group(2), header);
            }
        }
        return found == null ? null : new DigestField(header, found);
    }

    /** A digest in the form of RFC 9530. */
    public static String of(Digest digest) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":";
    }

    private static Digest decoded(String base64, String header) {
        try {
            return Digest.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw malformed(header);
        }
    }

    private static ProblemException malformed(String header) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                Violation.inHeader(
                        header,
                        "is written sha-256=:…: with 32 bytes in base64 between the colons"));
    }

    /**
     * Ends a request whose body is another.
     *
     * @throws ProblemException if it is
     */
    public void require(Digest actual) {
        if (!digest.equals(actual)) {
            throw new ProblemException(
                    ProblemType.DIGEST_MISMATCH,
                    Violation.inHeader(
                            header, "what arrived has " + of(actual) + "; nothing was stored"));
        }
    }
}
