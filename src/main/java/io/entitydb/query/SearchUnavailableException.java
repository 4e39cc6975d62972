package io.entitydb.query;

import org.jspecify.annotations.Nullable;

/** No query can be answered now: the index is being built, lags behind or has failed. */
public final class SearchUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was found. */
    public SearchUnavailableException(String reason) {
        this(reason, null);
    }

    /** What was found, and why. */
    public SearchUnavailableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** A stable name in kebab-case. */
    public String code() {
        return "search-unavailable";
    }

    /** Whether the same request may succeed when it is made again. */
    public boolean isRetryable() {
        return true;
    }
}
