package io.entitydb.web.access;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.security.Access;
import io.entitydb.security.Caller;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a request reach its operation only if the caller has the rights that the operation {@link
 * Requires}, before anything else of it is looked at: what is not permitted is refused alike
 * whether it is well-formed or not, and whether what it names exists or not.
 */
@RequiredArgsConstructor
public final class RightsGuard implements HandlerInterceptor {

    private static final String DATASET = "dataset";

    private final Access access;

    /** What operations need, by their methods: to look for it anew costs as much as to compare. */
    private final Map<Method, Optional<Requires>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Requires requires =
                known.computeIfAbsent(
                                method.getMethod(),
                                any ->
                                        Optional.ofNullable(
                                                method.getMethodAnnotation(Requires.class)))
                        .orElseThrow(() -> new AccessDeniedException("nobody may do this"));
        if (requires.isOpen()) {
            return true;
        }
        Caller caller = access.caller();
        if (caller.method() == Caller.Method.NONE && caller.permissions().isEmpty()) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "a token is needed");
        }
        for (Right right : requires.value()) {
            access.require(right, right.isOfDataset() ? datasetOf(request) : null);
        }
        return true;
    }

    private static @Nullable String datasetOf(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get(DATASET) instanceof String name
                ? name
                : null;
    }
}
