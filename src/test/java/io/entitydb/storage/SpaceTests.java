package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/** Space is claimed without holding up those who commit. */
class SpaceTests {

    private static final int GROWTH_BYTES = 4 << 20;
    private static final int PIECE_BYTES = 256 << 10;
    private static final int TEXT_BYTES = 60 << 10;

    /** Enough texts for several steps. */
    private static final int TEXTS = 300;

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder()
                    .growthBytes(GROWTH_BYTES)
                    .batchBytes(1 << 20)
                    .build();

    private final SimulatedDisk disk = new SimulatedDisk(5);
    private final Forces forces = new Forces();

    /** What each force of the data file has to carry. */
    private static final class Forces {

        private long bytes;
        private long mostBytes;

        private void begin() {
            bytes = 0;
            mostBytes = 0;
        }

        private DiskFile counted(DiskFile file) {
            return file.name().equals(StoreFiles.DATA) ? new Counted(file) : file;
        }

        private final class Counted extends ForwardingFile {

            private Counted(DiskFile file) {
                super(file);
            }

            @Override
            public void write(ByteBuffer source, long position) {
                bytes += source.remaining();
                super.write(source, position);
            }

            @Override
            public void force() {
                super.force();
                mostBytes = Math.max(mostBytes, bytes);
                bytes = 0;
            }
        }
    }

    @Test
    void noForceCarriesMoreThanABatchAndAPiece() {
        Disk counted = new ForwardingDisk(disk, forces::counted);
        try (TextStore store = TextStore.open(counted, OPTIONS)) {
            long before = told(store);
            forces.begin();

            save(store, TEXTS);

            long grown = told(store) - before;
            assertThat(grown).isGreaterThan(3L * GROWTH_BYTES);
            assertThat(forces.mostBytes)
                    .isBetween((long) PIECE_BYTES, PIECE_BYTES + 2L * TEXT_BYTES);
        }
    }

    @Test
    void closedFileIsAsLongAsItsHeaderSays() {
        int seen = 0;
        for (int texts = 34; texts <= 70; texts += 6) {
            SimulatedDisk fresh = new SimulatedDisk(texts);
            try (TextStore store = TextStore.open(fresh, OPTIONS)) {
                save(store, texts);
                long size = told(store);
                seen += fresh.contents(StoreFiles.DATA).length > size ? 1 : 0;
            }
            assertThat(sizeInHeader(fresh)).isEqualTo(fresh.contents(StoreFiles.DATA).length);
        }
        assertThat(seen).as("stores that had zeroed ahead").isPositive();
    }

    @Test
    void withoutSpaceAheadWhatFitsIsWritten() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            disk.control().capacity(0);
            int fits = (GROWTH_BYTES - (1 << 20)) / TEXT_BYTES;

            save(store, fits);
            assertThat(store.state()).isEqualTo(new StoreState.Ready());

            disk.control().capacity(Long.MAX_VALUE);
            save(store, TEXTS);
            assertThat(store.text("k" + (TEXTS - 1))).hasSize(TEXT_BYTES);
        }
    }

    private static void save(TextStore store, int texts) {
        for (int i = 0; i < texts; i++) {
            store.save("k" + i, Integer.toString(i % 10).repeat(TEXT_BYTES));
        }
    }

    private static long told(TextStore store) {
        return Objects.requireNonNull(store.engine().status().header()).fileSize();
    }

    private static long sizeInHeader(SimulatedDisk disk) {
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            return HeaderSlots.read(file).newest().fileSize();
        }
    }
}
