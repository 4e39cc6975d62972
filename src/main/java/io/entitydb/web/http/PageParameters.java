package io.entitydb.web.http;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.PageRequest;

import org.jspecify.annotations.Nullable;

/** Reads the parameters of the query that say which part of an answer is wanted. */
public final class PageParameters {

    /** What the parameter {@code limit} of most lists says. */
    public static final String LIMIT = "Most items of the page, 1 to 1000; 50 if left out";

    /** What the parameter {@code cursor} says. */
    public static final String CURSOR = "The member next of the page before";

    private static final int MAX_DIGITS = 9;

    private PageParameters() {}

    /**
     * The part that the parameters say.
     *
     * @throws InvalidQueryException naming the parameter with a wrong value
     */
    public static PageRequest of(
            @Nullable String limit, @Nullable String cursor, @Nullable String count) {
        return new PageRequest(limit(limit), cursor, isCounted(count));
    }

    private static int limit(@Nullable String text) {
        return text == null ? PageRequest.DEFAULT_LIMIT : (int) number("limit", text, MAX_DIGITS);
    }

    /**
     * Whether the number of all hits is wanted.
     *
     * @throws InvalidQueryException if the parameter {@code count} has another value
     */
    public static boolean isCounted(@Nullable String text) {
        return switch (text) {
            case null -> false;
            case "none" -> false;
            case "exact" -> true;
            default -> throw new InvalidQueryException("count", "a count is none or exact");
        };
    }

    /**
     * A whole number in decimal digits.
     *
     * @throws InvalidQueryException naming the parameter if it is something else
     */
    public static long number(String parameter, String text, int maxDigits) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= maxDigits
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            throw new InvalidQueryException(parameter, "a whole number is expected");
        }
        return Long.parseLong(text);
    }
}
