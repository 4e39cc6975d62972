package io.entitydb.storage.config;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a class logs, from when this is made until it is closed. */
final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogLines(Class<?> source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        appender.start();
        logger.addAppender(appender);
    }

    /** The events of a level, each as one line with its message and its key-value pairs. */
    List<String> of(String level) {
        return appender.list.stream()
                .filter(event -> event.getLevel().toString().equals(level))
                .map(LogLines::line)
                .toList();
    }

    /** Messages of the causes. */
    List<String> causes() {
        return appender.list.stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> Objects.toString(event.getThrowableProxy().getMessage()))
                .toList();
    }

    private static String line(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return event.getFormattedMessage()
                + (pairs == null ? List.<KeyValuePair>of() : pairs)
                        .stream()
                                .map(pair -> " " + pair.key + "=" + pair.value)
                                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
