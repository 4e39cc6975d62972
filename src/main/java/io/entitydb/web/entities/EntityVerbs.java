package io.entitydb.web.entities;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.HttpRequestMethodNotSupportedException;

import java.util.List;

/** The verbs that may follow the id of an entity in a path. */
final class EntityVerbs {

    /** Brings a deleted entity back. */
    static final String RESTORE = ":restore";

    /** Goes back to an earlier version. */
    static final String REVERT = ":revert";

    /** Destroys an entity with all of its past. */
    static final String ERASE = ":erase";

    private EntityVerbs() {}

    /**
     * Tells a verb from an id: in a path {@code %3Arestore} is the end of an id.
     *
     * @throws HttpRequestMethodNotSupportedException if it is not the verb
     */
    static void require(String verb, HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        if (!request.getRequestURI().endsWith(verb)) {
            throw new HttpRequestMethodNotSupportedException(
                    request.getMethod(), List.of("GET", "HEAD", "PUT", "PATCH", "DELETE"));
        }
    }
}
