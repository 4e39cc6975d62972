package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many who log in at once do not keep those waiting who are in. */
@Timeout(120)
class PasswordsUnderLoadTests {

    private static final int LOGINS = 12 * Runtime.getRuntime().availableProcessors();

    @Test
    void othersRunWhilePasswordsAreCompared() throws Exception {
        Passwords passwords = new Passwords();
        String hash = passwords.hash("a password of somebody");

        int waiting =
                waitingWhenSomebodyElseRuns(
                        () -> {
                            try {
                                passwords.matches("a password of somebody", hash);
                            } catch (Passwords.BusyException e) {
                                // Too many at once: refused, which is what is wanted.
                                return;
                            }
                        });

        assertThat(waiting).isGreaterThan(LOGINS / 2);
    }

    /** The broken twin: on the threads of requests, passwords stand before all others. */
    @Test
    void comparingOnTheThreadsOfRequestsIsNoticed() throws Exception {
        Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
        String hash = String.valueOf(encoder.encode("a password of somebody"));

        int waiting =
                waitingWhenSomebodyElseRuns(() -> encoder.matches("a password of somebody", hash));

        assertThat(waiting).isLessThanOrEqualTo(LOGINS / 2);
    }

    /** How many of many logins have not ended when a request that comes behind them runs. */
    private static int waitingWhenSomebodyElseRuns(Runnable login)
            throws InterruptedException, ExecutionException {
        AtomicInteger ended = new AtomicInteger();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> logins = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                logins.add(
                        requests.submit(
                                () -> {
                                    login.run();
                                    ended.incrementAndGet();
                                    return null;
                                }));
            }
            // Submitting takes microseconds and a login tens of milliseconds: it comes behind them.
            int waiting = requests.submit(() -> LOGINS - ended.get()).get();
            for (Future<?> one : logins) {
                one.get();
            }
            return waiting;
        }
    }
}
