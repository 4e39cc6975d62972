package io.entitydb.security;

import jakarta.annotation.PreDestroy;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes and compares passwords, with Argon2id.
 *
 * <p>A comparison costs 16 MiB and tens of milliseconds, by intent: only a few run at the same
 * time. One for a user who does not exist costs as much as one for a user who does.
 */
@Component
public final class Passwords {

    /** What a password is. */
    public static final String RULE = "a password has 12 to 256 characters";

    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int MOST_AT_ONCE = 4;

    /** Half of the processors are left to those who are in. */
    private static final int AT_ONCE =
            Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_AT_ONCE);

    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 5;
    private static final String ARGON2 = "argon2id";

    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder(
                    ARGON2, Map.of(ARGON2, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final ExecutorService workers = workers();

    /**
     * What a password is compared with when there is no user; of the first login, not the start.
     */
    private final SingletonSupplier<String> nobody;

    Passwords() {
        this.nobody =
                SingletonSupplier.of(
                        () ->
                                String.valueOf(
                                        encoder.encode("compared with when there is no user")));
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        AT_ONCE,
                        AT_ONCE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("entitydb-passwords-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** Nothing is computed any more. */
    @PreDestroy
    void close() {
        workers.shutdownNow();
    }

    /** Whether a text may be a password. */
    public static boolean isAcceptable(String password) {
        int characters = password.codePointCount(0, password.length());
        return characters >= SHORTEST && characters <= LONGEST;
    }

    /**
     * The hash that is stored.
     *
     * @throws BusyException if too many others are being computed
     */
    public String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(password)));
    }

    /**
     * Whether a password is the one of a hash.
     *
     * @param hash null where there is none: then it is not, after the same time
     * @throws BusyException if too many others are being compared
     */
    public boolean matches(String password, @Nullable String hash) {
        // What is longer than any password costs no more than one.
        String bounded =
                password.length() > 2 * LONGEST ? password.substring(0, 2 * LONGEST) : password;
        // Made for each user alike: what it costs the first time tells nothing.
        boolean isEqual =
                inTurn(
                        () -> {
                            String other = nobody.obtain();
                            return encoder.matches(bounded, hash == null ? other : hash);
                        });
        return isEqual && hash != null && bounded.length() == password.length();
    }

    /** Whether a hash was made with less effort than is made today. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            if (!running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException(e);
        }
        try {
            return workers.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password cannot be compared", e);
        } finally {
            running.release();
        }
    }

    /** Too many passwords are being compared at once. */
    public static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BusyException() {
            super("too many passwords are being compared");
        }

        BusyException(Throwable cause) {
            super("interrupted", cause);
        }
    }
}
