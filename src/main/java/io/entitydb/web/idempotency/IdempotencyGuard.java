package io.entitydb.web.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.util.Set;

/**
 * Refuses keys that have not the shape, and keys of changes that would not heed them: a client that
 * sends one relies on it.
 */
public final class IdempotencyGuard implements HandlerInterceptor {

    private static final Set<String> SAFE =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isChange = !SAFE.contains(request.getMethod());
        if (isChange && handler instanceof HandlerMethod method) {
            boolean hasKey = IdempotentRequest.keyOf(request) != null;
            if (hasKey && !method.hasMethodAnnotation(Idempotent.class)) {
                throw IdempotentRequest.refused("this resource takes no idempotency key");
            }
        }
        return true;
    }
}
