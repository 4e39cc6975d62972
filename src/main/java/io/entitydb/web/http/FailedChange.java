package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Marks a request whose change was tried and failed before its operation is looked for: nobody
 * knows how far it came, so it is not tried again, and what ended it is told.
 */
public final class FailedChange {

    private static final String ATTRIBUTE = FailedChange.class.getName();

    private FailedChange() {}

    /** Marks a request. */
    public static void set(HttpServletRequest request, Exception failure) {
        request.setAttribute(ATTRIBUTE, failure);
    }

    /** Throws what ended the change, if the request is marked. */
    static void check(HttpServletRequest request) throws Exception {
        if (request.getAttribute(ATTRIBUTE) instanceof Exception failure) {
            throw failure;
        }
    }
}
