package io.entitydb.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.slf4j.LoggerFactory;

/** Sees to it that results are not mixed with log lines: what a command has to say it prints. */
final class Quiet {

    /** Kept, because the logging library forgets the settings of loggers that nobody holds. */
    private static final java.util.logging.Logger LUCENE =
            java.util.logging.Logger.getLogger("org.apache.lucene");

    private Quiet() {}

    static void logging() {
        LUCENE.setLevel(java.util.logging.Level.OFF);
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }
}
