package io.entitydb.web.http;

import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses parameters of the query that an operation does not have, so that a typo never widens a
 * query. An operation has those that its documentation names; those that are bound to one text it
 * takes once.
 */
public final class QueryNames implements HandlerInterceptor {

    private static final String GIVEN_TWICE = "this parameter is given at most once";

    private final Map<HandlerMethod, SortedSet<String>> known = new ConcurrentHashMap<>();
    private final Map<HandlerMethod, Set<String>> single = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isWithout = request.getQueryString() == null && !isForm(request);
        if (!isWithout && handler instanceof HandlerMethod method) {
            SortedSet<String> names = known.computeIfAbsent(method, QueryNames::of);
            List<Violation> violations =
                    request.getParameterMap().keySet().stream()
                            .filter(name -> !names.contains(name))
                            .map(name -> Violation.inParameter(name, unknown(names)))
                            .toList();
            if (!violations.isEmpty()) {
                String detail = "unknown: " + violations.getFirst().parameter();
                throw new ProblemException(
                        new Problem(ProblemType.UNKNOWN_PARAMETER, detail, violations));
            }
            requireOnce(request, single.computeIfAbsent(method, QueryNames::singleOf));
        }
        return true;
    }

    /** Whether the body may have parameters, which the server mixes with those of the query. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && !type.equals(MediaType.APPLICATION_JSON_VALUE);
    }

    /** The names of the parameters that an operation has. */
    static SortedSet<String> of(HandlerMethod method) {
        SortedSet<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
            if (single != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
                names.add(single.name());
            }
            if (parameter.hasParameterAnnotation(ParameterObject.class)) {
                for (RecordComponent component :
                        parameter.getParameterType().getRecordComponents()) {
                    names.add(component.getName());
                }
            }
        }
        documented(method).stream()
                .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                .forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    /** Of two values the framework would make one, parted by a comma. */
    private static void requireOnce(HttpServletRequest request, Set<String> single) {
        List<Violation> violations =
                request.getParameterMap().entrySet().stream()
                        .filter(given -> given.getValue().length > 1)
                        .map(Map.Entry::getKey)
                        .filter(single::contains)
                        .map(name -> Violation.inParameter(name, GIVEN_TWICE))
                        .toList();
        if (!violations.isEmpty()) {
            String detail = violations.getFirst().parameter() + ": " + GIVEN_TWICE;
            throw new ProblemException(new Problem(ProblemType.INVALID_QUERY, detail, violations));
        }
    }

    /** The names of the parameters that are bound to one text. */
    private static Set<String> singleOf(HandlerMethod method) {
        Set<String> names = new HashSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam bound = parameter.getParameterAnnotation(RequestParam.class);
            if (bound != null && parameter.getParameterType() == String.class) {
                names.add(bound.name());
            }
            if (parameter.hasParameterAnnotation(ParameterObject.class)) {
                for (RecordComponent component :
                        parameter.getParameterType().getRecordComponents()) {
                    if (component.getType() == String.class) {
                        names.add(component.getName());
                    }
                }
            }
        }
        return names;
    }

    private static Set<Parameter> documented(HandlerMethod method) {
        return AnnotatedElementUtils.findMergedRepeatableAnnotations(
                method.getMethod(), Parameter.class);
    }

    private static String unknown(SortedSet<String> names) {
        return names.isEmpty()
                ? "this resource has no parameters"
                : "no such parameter; known are " + String.join(", ", names);
    }
}
