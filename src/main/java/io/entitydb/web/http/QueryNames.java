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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses parameters of the query that an operation does not have, so that a typo never widens a
 * query. An operation has those that its documentation names.
 */
public final class QueryNames implements HandlerInterceptor {

    private final Map<HandlerMethod, SortedSet<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
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
        }
        return true;
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
