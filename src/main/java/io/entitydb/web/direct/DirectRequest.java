package io.entitydb.web.direct;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is asked.
 *
 * @param http the request, with its parameters
 * @param dataset the dataset that the path names
 * @param id the id that the path names; null if it names none
 * @param body the body; empty if there is none
 * @param begin when it came, in nanoseconds of {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
public record DirectRequest(
        HttpServletRequest http, String dataset, @Nullable String id, byte[] body, long begin) {

    /** The id of an operation on one entity. */
    public String entity() {
        if (id == null) {
            throw new IllegalStateException("the path names no entity");
        }
        return id;
    }
}
