package io.entitydb.storage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.StorageObserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class LoggedEventsTests {

    private final List<String> passed = new ArrayList<>();
    private final StorageObserver events =
            new LoggedEvents(
                    (StorageObserver)
                            Proxy.newProxyInstance(
                                    LoggedEventsTests.class.getClassLoader(),
                                    new Class<?>[] {StorageObserver.class},
                                    (proxy, method, arguments) -> {
                                        passed.add(method.getName());
                                        return null;
                                    }));

    static Stream<Method> events() {
        return Arrays.stream(StorageObserver.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic());
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOn(Method event)
            throws IllegalAccessException, InvocationTargetException {
        Object[] arguments =
                Arrays.stream(event.getParameterTypes()).map(LoggedEventsTests::any).toArray();

        event.invoke(events, arguments);

        assertThat(passed).containsExactly(event.getName());
    }

    private static Object any(Class<?> type) {
        if (type == long.class) {
            return 1L;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == boolean.class) {
            return true;
        }
        return type == String.class ? "text" : anyOf(type);
    }

    private static Object anyOf(Class<?> type) {
        return type.isEnum() ? type.getEnumConstants()[0] : StatusFixture.recovery(null);
    }

    @Test
    void failuresAndTheirCureAreLogged() {
        try (LogLines lines = new LogLines(LoggedEvents.class)) {
            events.forced(true, 1);
            events.checkpointed(true, 1);
            assertThat(lines.of("ERROR")).isEmpty();
            assertThat(lines.of("WARN")).isEmpty();

            events.forced(false, 1);
            events.reopened(false, 1);
            events.reopened(true, 2);
            events.checkpointed(false, 1);

            assertThat(lines.of("ERROR"))
                    .satisfiesExactly(
                            force -> assertThat(force).contains("force of the log failed"),
                            again -> assertThat(again).contains("not opened again", "attempt=1"));
            assertThat(lines.of("WARN"))
                    .satisfiesExactly(
                            again -> assertThat(again).contains("opened again", "attempt=2"),
                            checkpoint -> assertThat(checkpoint).contains("checkpoint failed"));
        }
    }
}
