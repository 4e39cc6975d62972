package io.entitydb.storage;

import static io.entitydb.storage.FlipOutcome.HARMLESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Every bit of a store in which an entity was erased. */
class DamagedErasureTests {

    /** Of so many bits one is turned in a store whose index is built anew. */
    private static final int WITHOUT_INDEX = 7;

    private final GoldenFile erased = erased();

    private static GoldenFile erased() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofHours(1)))) {
            store.save("a", "first text");
            store.save("b", "to be erased");
            store.save("b", "to be erased as well");
            store.save("a", "second text");
            store.engine().erase(TextStore.key("b"), "tester");
            store.save("c", "third text");
        }
        return new GoldenFile(
                "made/erased", disk.contents(StoreFiles.DATA), disk.contents(ImageWriter.FILE), "");
    }

    @Test
    void turnedBitIsNoticedWithTheIndexAndWithout() {
        FlipCheck check = new FlipCheck(erased);
        StoreMap map = StoreMap.of(erased.data());
        byte[] data = erased.data().clone();
        for (int bit = 0; bit < map.end() * Byte.SIZE; bit++) {
            int at = bit / Byte.SIZE;
            if (map.at(at) != Structure.SLOT_PADDING) {
                data[at] ^= (byte) (1 << bit % Byte.SIZE);
                byte[] image = bit % WITHOUT_INDEX == 0 ? null : erased.image();

                assertThat(check.of(data, image)).as("bit %s", bit).isNotEqualTo(HARMLESS);
                data[at] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }
    }
}
