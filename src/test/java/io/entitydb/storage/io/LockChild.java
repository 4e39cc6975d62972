package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageLockedException;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes the lock of a directory in a JVM of its own, to look at it if there is a second argument,
 * tells how that went, and waits to be killed.
 */
final class LockChild {

    private LockChild() {}

    public static void main(String[] arguments) throws IOException {
        var disk = new OsDisk(Path.of(arguments[0]));
        try (var lock = arguments.length > 1 ? disk.lockToLook("lock") : disk.lock("lock")) {
            System.out.println("locked " + lock.getClass().getSimpleName());
            System.in.read();
        } catch (StorageLockedException refused) {
            System.out.println("refused by " + refused.owner());
        }
    }
}
