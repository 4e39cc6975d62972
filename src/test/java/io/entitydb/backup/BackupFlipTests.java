package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.repair.RestorePoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Bits of backups are flipped, and backups are cut: a restore refuses them, or makes exactly the
 * store that was backed up. Never anything else.
 */
class BackupFlipTests {

    private static final int FLIPS = 150;
    private static final int CUTS = 40;
    private static final long LAST = 45;

    private final long seed = Long.getLong("backup.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir private Path directory;
    private Path target;
    private WrittenStore store;
    private List<Path> files = List.of();

    @BeforeEach
    void makeChain() throws IOException {
        System.out.println("seed " + seed);
        target = directory.resolve("backups");
        store = WrittenStore.open(directory.resolve("data"));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < LAST / 3; j++) {
                store.save("entity " + j % 4, "text " + i + " " + j);
            }
            WrittenStore.make(store.backups(target), false);
        }
        try (Stream<Path> all = Files.list(target)) {
            files = all.filter(file -> file.toString().endsWith(".edb")).sorted().toList();
        }
        assertThat(files).hasSize(3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Whether it is restored, and then as it was. */
    private boolean isRestored() throws IOException {
        Path restored = directory.resolve("restored");
        try {
            new Restore(target, restored, new Restore.Options(null, false))
                    .run(new RestorePoint.Newest(), (activity, done, total) -> {});
        } catch (StorageException refused) {
            assertThat(restored).doesNotExist();
            return false;
        }
        store.requireRestored(restored, LAST);
        FileSystemUtils.deleteRecursively(restored);
        return true;
    }

    @Test
    void flippedBitsAreRefusedOrHarmless() throws IOException {
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] sound = Files.readAllBytes(file);
            byte[] bytes = sound.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            boolean isRestored = isRestored();
            // Everything behind the page of headers is covered by a checksum.
            assertThat(isRestored && at >= 8192).as("%s at %d", file, at).isFalse();
            refused += isRestored ? 0 : 1;
            Files.write(file, sound);
        }
        System.out.printf("flips: %d, refused: %d, silent: 0%n", FLIPS, refused);
        assertThat(refused).isPositive();
        assertThat(isRestored()).isTrue();
    }

    @Test
    void cutsAreRefused() throws IOException {
        for (int i = 0; i < CUTS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(sound, random.nextInt(sound.length)));
            assertThat(isRestored()).as("%s", file).isFalse();
            Files.write(file, sound);
        }
        assertThat(isRestored()).isTrue();
    }
}
