package io.entitydb.web.http;

import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of entity tags as a conditional header carries it, or {@code *}. The strong tag of an
 * entity is the number of its version in quotes.
 *
 * @param isAny whether it is {@code *}
 * @param strong the texts within the quotes of strong tags
 * @param weak the texts within the quotes of weak tags
 */
public record EntityTags(boolean isAny, Set<String> strong, Set<String> weak) {

    private static final String ANY = "*";
    private static final Pattern ELEMENT =
            Pattern.compile("[ \\t]*(?:(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*)?(?:,|$)");

    /** Copies the texts. */
    public EntityTags {
        strong = Set.copyOf(strong);
        weak = Set.copyOf(weak);
    }

    /** The tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The tags of a header, all its lines taken together; null if the request does not have it.
     *
     * @throws ProblemException if the header cannot be read
     */
    static @Nullable EntityTags read(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        if (lines.isEmpty()) {
            return null;
        }
        EntityTags tags = parse(String.join(",", lines));
        if (tags == null) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    Violation.inHeader(header, "neither * nor a list of entity tags in quotes"));
        }
        return tags;
    }

    /** The strong tag of a single version. */
    public static EntityTags ofVersion(long version) {
        return new EntityTags(false, Set.of(Long.toString(version)), Set.of());
    }

    /** Reads the value of a header; null if it has not the shape. */
    public static @Nullable EntityTags parse(String text) {
        if (text.strip().equals(ANY)) {
            return new EntityTags(true, Set.of(), Set.of());
        }
        Set<String> strong = new HashSet<>();
        Set<String> weak = new HashSet<>();
        Matcher matcher = ELEMENT.matcher(text);
        for (int end = 0; end < text.length(); end = matcher.end()) {
            if (!matcher.region(end, text.length()).lookingAt()) {
                return null;
            }
            if (matcher.group(2) != null) {
                (matcher.group(1) == null ? strong : weak).add(matcher.group(2));
            }
        }
        return strong.isEmpty() && weak.isEmpty() ? null : new EntityTags(false, strong, weak);
    }

    /** Whether a strong tag of the version is among them; {@code *} matches any. */
    boolean matchesStrongly(long version) {
        return isAny || strong.contains(Long.toString(version));
    }

    /** Whether any tag of the version is among them; {@code *} matches any. */
    boolean matchesWeakly(long version) {
        return matchesStrongly(version) || weak.contains(Long.toString(version));
    }
}
