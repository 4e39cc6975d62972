package io.entitydb.web.http;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Gives controllers the parameters of a query as a record of texts: each component is the parameter
 * of its name, or null. That a parameter comes once is checked before, by {@link QueryNames}.
 *
 * <p>The framework's own binding reads the annotations of the constructor anew for each request,
 * which costs more than reading an entity.
 */
public final class QueryRecords implements HandlerMethodArgumentResolver {

    private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    /**
     * How a record is made.
     *
     * @param constructor takes a text for each name
     */
    private record Shape(Constructor<?> constructor, List<String> names) {

        /** Copies the names. */
        private Shape {
            names = List.copyOf(names);
        }

        private static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(
                        constructor, Stream.of(components).map(RecordComponent::getName).toList());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("a record has its canonical constructor", e);
            }
        }
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ParameterObject.class)
                && parameter.getParameterType().isRecord()
                && Stream.of(parameter.getParameterType().getRecordComponents())
                        .allMatch(component -> component.getType() == String.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Shape shape = shapes.computeIfAbsent(parameter.getParameterType(), Shape::of);
        @Nullable Object[] values = new @Nullable Object[shape.names().size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = request.getParameter(shape.names().get(n));
        }
        return BeanUtils.instantiateClass(shape.constructor(), values);
    }
}
