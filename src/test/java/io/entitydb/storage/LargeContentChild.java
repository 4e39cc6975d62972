package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.OsDisk;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Set;
import java.util.SplittableRandom;

/** Receives a long content and reads it back, in a process of little memory. */
final class LargeContentChild {

    private static final EntityKey KEY = TextStore.key("large");
    private static final int BUFFER_BYTES = 64 << 10;

    private LargeContentChild() {}

    /**
     * Prints how fast it was.
     *
     * @param arguments the data directory and the bytes of the content
     */
    public static void main(String[] arguments) throws Exception {
        long bytes = Long.parseLong(arguments[1]);
        StorageOptions options = StorageOptions.defaults();
        OsDisk disk = new OsDisk(Path.of(arguments[0]));
        try (StorageEngine engine = StorageEngine.over(disk, options, StorageObserver.NONE)) {
            engine.open();
            long start = System.nanoTime();
            Digest sent = send(engine, bytes);
            long middle = System.nanoTime();
            Content stored = engine.snapshot().latest(KEY).orElseThrow().content();
            if (!stored.digest().equals(sent) || !digest(stored).equals(sent)) {
                throw new AssertionError("another content came back");
            }
            System.out.printf(
                    "large content: %d MiB received at %.0f MiB/s, read at %.0f MiB/s%n",
                    bytes >> 20,
                    rate(bytes, middle - start),
                    rate(bytes, System.nanoTime() - middle));
        }
    }

    private static double rate(long bytes, long nanos) {
        return bytes / 1048576.0 / (nanos / 1e9);
    }

    private static Digest send(StorageEngine engine, long bytes) {
        MessageDigest digest = Digest.newSha256();
        SplittableRandom random = new SplittableRandom(bytes);
        byte[] buffer = new byte[BUFFER_BYTES];
        Transaction transaction = engine.begin("sender");
        try (ContentUpload upload = engine.upload(KEY)) {
            for (long left = bytes; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                int count = (int) Math.min(buffer.length, left);
                digest.update(buffer, 0, count);
                upload.write(buffer, 0, count);
            }
            transaction.save(
                    KEY, EntityDraft.of(Set.of(), upload.finish("application/octet-stream")));
            transaction.commit();
        }
        return Digest.of(digest.digest());
    }

    private static Digest digest(Content content) throws Exception {
        MessageDigest digest = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = content.source().open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Digest.of(digest.digest());
    }
}
