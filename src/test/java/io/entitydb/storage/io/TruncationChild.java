package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Disk.Access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Cuts a file under its map, in a JVM of its own, and tells how reads fail. */
final class TruncationChild {

    private static final int READS = 20;

    private TruncationChild() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        int warmReads = Integer.parseInt(arguments[1]);
        int length = Integer.parseInt(arguments[2]);
        try (var file = new OsDisk(directory).open("truncated", Access.CREATE)) {
            file.write(ByteBuffer.allocate(1 << 17), 0);
            file.map(1 << 17);
            long ok = failures(file, length, warmReads);
            try (var other =
                    FileChannel.open(directory.resolve("truncated"), StandardOpenOption.WRITE)) {
                other.truncate(0);
            }
            System.out.println(ok + " then " + failures(file, length, READS));
        }
    }

    private static long failures(DiskFile file, int length, int reads) {
        var target = new byte[length];
        long failures = 0;
        for (int i = 0; i < reads; i++) {
            failures += isRefused(file, target) ? 1 : 0;
        }
        return failures;
    }

    private static boolean isRefused(DiskFile file, byte[] target) {
        try {
            file.read(1 << 13, target, 0, target.length);
            return false;
        } catch (StorageIoException expected) {
            return expected.getCause() instanceof InternalError;
        }
    }
}
