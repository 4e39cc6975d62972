package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageLockedException;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes the lock of a directory in a JVM of its own, tells how that went, and waits to be killed.
 */
final class LockChild {

    private LockChild() {}

    public static void main(String[] arguments) throws IOException {
        try (var lock = new OsDisk(Path.of(arguments[0])).lock("lock")) {
            System.out.println("locked " + lock.getClass().getSimpleName());
            System.in.read();
        } catch (StorageLockedException refused) {
            System.out.println("refused by " + refused.owner());
        }
    }
}
