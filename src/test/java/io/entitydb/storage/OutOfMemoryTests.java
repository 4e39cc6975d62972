package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The heap is exhausted in the middle of a call, on each of the engine's threads. */
class OutOfMemoryTests {

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder()
                    .reopenings(5)
                    .reopenDelay(Duration.ofMillis(1))
                    .build();

    private final SimulatedDisk simulated = new SimulatedDisk(17);
    private final AtomicReference<Place> planned = new AtomicReference<>(Place.NOWHERE);
    private final Disk disk = new ForwardingDisk(simulated, ExhaustedFile::new);

    /** Where the next allocation fails. */
    enum Place {
        NOWHERE,
        WRITE,
        FORCE,
        READ,
        IMAGE
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "FORCE"})
    void writerThatRunsOutOfMemoryLosesNothingAndIsReplaced(Place place) {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "before");
            planned.set(place);

            assertThatThrownBy(() -> store.save("b", "unknown"))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
            assertThat(store.text("a")).isEqualTo("before");

            await().until(() -> store.state().equals(new StoreState.Ready()));
            store.save("c", "after");
            requireAll(store);
        }
        simulated
                .crashStates(new CrashPlan(17, 20))
                .forEach(
                        state -> {
                            try (TextStore store = TextStore.open(state, OPTIONS)) {
                                requireAll(store);
                            }
                        });
    }

    private static void requireAll(TextStore store) {
        assertThat(store.text("a")).isEqualTo("before");
        assertThat(store.text("b")).isIn(null, "unknown");
        assertThat(store.text("c")).isEqualTo("after");
    }

    @Test
    void readerThatRunsOutOfMemoryFailsAloneAndTheStoreServesOn() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "text");
            planned.set(Place.READ);

            assertThatThrownBy(() -> store.text("a")).isInstanceOf(OutOfMemoryError.class);

            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(store.text("a")).isEqualTo("text");
            assertThat(store.save("a", "next")).isEqualTo(2);
        }
    }

    @Test
    void checkpointThatRunsOutOfMemoryIsWrittenTheNextTime() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "text");
            planned.set(Place.IMAGE);

            assertThatThrownBy(() -> store.engine().checkpoint())
                    .hasStackTraceContaining("OutOfMemoryError");

            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(store.save("a", "next")).isEqualTo(2);
            store.engine().checkpoint();
            assertThat(store.engine().status().tailBytes()).isZero();
        }
        assertThat(simulated.openFiles()).isZero();
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.text("a")).isEqualTo("next");
        }
    }

    private final class ExhaustedFile extends ForwardingFile {

        private ExhaustedFile(DiskFile file) {
            super(file);
        }

        private boolean isData() {
            return name().equals(StoreFiles.DATA);
        }

        private void failAt(Place place) {
            if (planned.compareAndSet(place, Place.NOWHERE)) {
                throw new OutOfMemoryError("simulated at " + place);
            }
        }

        @Override
        public void write(ByteBuffer source, long position) {
            failAt(isData() ? Place.WRITE : Place.IMAGE);
            super.write(source, position);
        }

        @Override
        public void force() {
            if (isData()) {
                failAt(Place.FORCE);
            }
            super.force();
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            if (isData()) {
                failAt(Place.READ);
            }
            super.read(position, target, offset, length);
        }
    }
}
