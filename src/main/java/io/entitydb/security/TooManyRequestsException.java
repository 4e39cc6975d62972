package io.entitydb.security;

import org.springframework.security.core.AuthenticationException;

import java.time.Duration;

/** Somebody asks more often than allowed. */
public final class TooManyRequestsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyRequestsException(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /** After how many whole seconds it may go on; at least one. */
    public int retryAfterSeconds() {
        long seconds = wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0);
        return Math.clamp(seconds, 1, Integer.MAX_VALUE);
    }
}
