package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * A quicker way to do what an operation does, for requests that use little of it. The operation
 * keeps its checks: they see the same method.
 */
public interface Shortcut {

    /**
     * What answers a request instead of its operation.
     *
     * @return null if the operation itself has to
     */
    @Nullable HandlerMethod around(HandlerMethod operation, HttpServletRequest request);
}
