package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Files whose parts come from two continuations of one store. */
class SpliceTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));
    private static final int HEADERS_BYTES = 8192;
    private static final String LAST_OF_THE_FIRST = "third text";

    /**
     * Every frame is sound at its place; only the chain tells that they never belonged together.
     */
    @Test
    void framesOfTwoHistoriesAreNotOneHistory() {
        byte[] base = store();
        byte[] one = continued(base, "third text", "fourth text", "fifth text");
        byte[] other = continued(base, "3rd - text", "4th -- text", "5th - text");
        int border = endOfFrame(one, LAST_OF_THE_FIRST);
        System.arraycopy(other, border, one, border, other.length - border);
        SimulatedDisk disk = new SimulatedDisk(5);
        disk.replace(StoreFiles.DATA, one);

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.state())
                    .asInstanceOf(type(StoreState.ReadOnly.class))
                    .extracting(StoreState.ReadOnly::reason)
                    .isEqualTo(StoreState.Reason.CORRUPTION);
            assertThat(store.engine().snapshot().sequence()).isEqualTo(3);
            assertThat(store.text("c")).isEqualTo(LAST_OF_THE_FIRST);
            assertThat(store.text("d")).isNull();
        }
    }

    /** The header is valid, and says of this log what is true of another one. */
    @Test
    void headerOfAnotherStoreIsRefused() {
        byte[] bytes = continued(store(), "third text");
        System.arraycopy(store(), 0, bytes, 0, HEADERS_BYTES);
        SimulatedDisk disk = new SimulatedDisk(5);
        disk.replace(StoreFiles.DATA, bytes);

        assertThatThrownBy(() -> TextStore.open(disk, OPTIONS))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("no frame that verifies with its header");

        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(bytes);
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
    }

    private static byte[] store() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "first text");
            store.save("b", "second text");
        }
        return disk.contents(StoreFiles.DATA);
    }

    /** A copy goes on by itself, and is killed. */
    private static byte[] continued(byte[] copy, String... texts) {
        SimulatedDisk disk = new SimulatedDisk(5);
        disk.replace(StoreFiles.DATA, copy);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            char id = 'c';
            for (String text : texts) {
                store.save(String.valueOf(id++), text);
            }
            return disk.snapshotOfCache().contents(StoreFiles.DATA);
        }
    }

    private static int endOfFrame(byte[] bytes, String text) {
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        int border = whole.indexOf("EDBF", whole.indexOf(text));
        assertThat(border).isPositive();
        return border;
    }
}
