package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the operation of a request. The framework compares a request with every operation that has
 * a variable in its path, condition by condition. Here it is compared with those whose paths have
 * as many segments and that take its method; where not exactly one of them matches, the framework
 * decides.
 */
public final class OperationMapping extends RequestMappingHandlerMapping {

    private final Map<Kind, List<Candidate>> candidates = new ConcurrentHashMap<>();

    /**
     * What tells most operations from each other.
     *
     * @param separators in the path
     */
    private record Kind(String method, int separators) {}

    /**
     * An operation.
     *
     * @param conditions of a request that it takes
     */
    private record Candidate(RequestMappingInfo conditions, HandlerMethod operation) {}

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> operations) {
        super.handlerMethodsInitialized(operations);
        operations.forEach(
                (conditions, operation) -> {
                    for (String pattern : conditions.getPatternValues()) {
                        for (RequestMethod method : conditions.getMethodsCondition().getMethods()) {
                            add(
                                    new Kind(method.name(), separators(pattern)),
                                    conditions,
                                    operation);
                        }
                    }
                });
    }

    private void add(Kind kind, RequestMappingInfo conditions, HandlerMethod operation) {
        candidates
                .computeIfAbsent(kind, any -> new ArrayList<>())
                .add(new Candidate(conditions, operation));
    }

    private static int separators(String pattern) {
        return (int) pattern.chars().filter(c -> c == '/').count();
    }

    @Override
    protected @Nullable HandlerMethod getHandlerInternal(HttpServletRequest request)
            throws Exception {
        HandlerMethod operation = super.getHandlerInternal(request);
        FailedChange.check(request);
        return operation;
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
            throws Exception {
        Candidate only = null;
        RequestMappingInfo match = null;
        for (Candidate candidate :
                candidates.getOrDefault(
                        new Kind(request.getMethod(), separators(request)), List.of())) {
            RequestMappingInfo found = getMatchingMapping(candidate.conditions(), request);
            if (found != null) {
                if (only != null) {
                    return super.lookupHandlerMethod(path, request);
                }
                only = candidate;
                match = found;
            }
        }
        if (only == null || match == null) {
            return super.lookupHandlerMethod(path, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, only.operation());
        handleMatch(match, path, request);
        return only.operation();
    }

    private static int separators(HttpServletRequest request) {
        int count = 0;
        for (PathContainer.Element element :
                ServletRequestPathUtils.getParsedRequestPath(request)
                        .pathWithinApplication()
                        .elements()) {
            count += element instanceof PathContainer.Separator ? 1 : 0;
        }
        return count;
    }
}
