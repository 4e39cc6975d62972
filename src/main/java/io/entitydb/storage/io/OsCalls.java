package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;

/**
 * Runs calls to the operating system so that a pending interrupt does not close the channel, and
 * translates their failures.
 *
 * <p>A thread with its interrupt flag set closes the channel as soon as it uses it, for everyone.
 * The flag is therefore cleared before the call and set again afterwards. What remains is an
 * interrupt that arrives <i>during</i> the call: it closes the channel, the call fails with {@link
 * StorageIoException}, and every later one with {@link StorageClosedException}. The file has to be
 * opened again. So nobody may interrupt the thread that writes; it is private to the engine.
 */
final class OsCalls {

    private OsCalls() {}

    /** One call. */
    @FunctionalInterface
    interface Call<T> {

        T run() throws IOException;
    }

    /** One call without a result. */
    @FunctionalInterface
    interface Action {

        void run() throws IOException;
    }

    /**
     * Answers what the call answers.
     *
     * @param what the call's name in messages, for example {@code size entities.edb}
     */
    static <T> T call(String what, Call<T> call) {
        try {
            return uninterrupted(call);
        } catch (IOException failure) {
            throw refused(what, failure);
        }
    }

    /**
     * Runs a call that asks for no space.
     *
     * @param what the call's name in messages
     */
    static void run(String what, Action action) {
        call(
                what,
                () -> {
                    action.run();
                    return what;
                });
    }

    /**
     * Answers what the call answers.
     *
     * @param what the call's name in messages
     * @param wantedBytes what the call may claim of the device, for {@link StorageFullException}
     */
    static <T> T claim(String what, long wantedBytes, Call<T> call) {
        return claim(() -> what, wantedBytes, call);
    }

    /** As {@link #claim(String, long, Call)}, with a name that is made when it is needed. */
    static <T> T claim(Supplier<String> what, long wantedBytes, Call<T> call) {
        try {
            return uninterrupted(call);
        } catch (IOException failure) {
            throw isFull(failure)
                    ? new StorageFullException(wantedBytes, -1)
                    : refused(what.get(), failure);
        }
    }

    /**
     * Whether the device or the quota is full. Java tells it by the system's text alone. A locale
     * whose texts are translated makes it a {@link StorageIoException}, the stricter of the two.
     */
    private static boolean isFull(IOException failure) {
        var message = failure.getMessage();
        return message != null
                && (message.contains("No space left on device")
                        || message.contains("Disk quota exceeded"));
    }

    private static StorageException refused(String what, IOException failure) {
        return switch (failure) {
            case ClosedByInterruptException interrupted ->
                    new StorageIoException(what, interrupted);
            case ClosedChannelException _ -> new StorageClosedException("closed: " + what);
            default -> new StorageIoException(what, failure);
        };
    }

    private static <T> T uninterrupted(Call<T> call) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            return call.run();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
