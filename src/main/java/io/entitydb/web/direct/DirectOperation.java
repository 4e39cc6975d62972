package io.entitydb.web.direct;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * An operation that is answered without the framework where a request is plain.
 *
 * @param method its HTTP method
 * @param template its path, with variables
 * @param handler the method of the controller that it is: what it requires is said there
 * @param answering calls that method
 */
public record DirectOperation(
        HttpMethod method, String template, HandlerMethod handler, Answering answering) {

    /** Calls the controller as the framework would. */
    @FunctionalInterface
    public interface Answering {

        /** What the operation answers; its body becomes JSON. */
        ResponseEntity<?> answer(DirectRequest request);
    }

    /**
     * An operation of a controller.
     *
     * @param name the name of the controller's method
     */
    public static DirectOperation of(
            HttpMethod method,
            String template,
            Object controller,
            String name,
            Answering answering) {
        Method found =
                Arrays.stream(ReflectionUtils.getDeclaredMethods(controller.getClass()))
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no method " + name));
        return new DirectOperation(
                method, template, new HandlerMethod(controller, found), answering);
    }

    /** Whether a request of the operation has a body. */
    boolean hasBody() {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT);
    }

    /** Whether the operation takes a request. */
    boolean takes(String requestMethod, EntityPath path) {
        return method.matches(requestMethod) && (path.id() != null) == template.endsWith("/{id}");
    }
}
