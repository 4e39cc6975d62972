package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.ScrubMemory;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The check of data at rest finds what was damaged, nothing else, and goes on where it was. */
class ScrubberTests {

    private final SimulatedDisk disk = new SimulatedDisk(9);

    private static StorageOptions options(long bytesPerSecond) {
        return SmallStore.options(Duration.ofMillis(1)).toBuilder()
                .scrub(new ScrubOptions(true, bytesPerSecond, Duration.ofDays(1)))
                .build();
    }

    private interface Scene {
        void play(TextStore store, DeterministicCrew crew);
    }

    private void inStore(long bytesPerSecond, Scene scene) {
        DeterministicCrew.run(
                DeterministicCrew.random(7),
                crew -> {
                    try (TextStore store = TextStore.open(disk, options(bytesPerSecond), crew)) {
                        scene.play(store, crew);
                    }
                    return true;
                });
    }

    private static void fill(TextStore store) {
        for (int i = 0; i < 40; i++) {
            store.save("e" + i % 7, "text number " + i);
        }
    }

    private static ScrubStatus awaitPass(TextStore store, DeterministicCrew crew) {
        for (int i = 0; i < 2000; i++) {
            ScrubStatus status = store.engine().scrub().status();
            if (status.completedPass() > 0) {
                return status;
            }
            crew.pause(Duration.ofMillis(50));
        }
        throw new AssertionError("no pass: " + store.engine().scrub().status());
    }

    private static List<DamagedPlace> places(TextStore store) {
        return store.engine().status().quarantined().places();
    }

    @Test
    void soundStoreUnderLoadHasNoFindings() {
        inStore(
                2000,
                (store, crew) -> {
                    fill(store);
                    for (int i = 0; i < 60; i++) {
                        store.save("e" + i % 5, "more " + i);
                        if (i % 9 == 0) {
                            store.engine().erase(TextStore.key("e" + i % 5), "tester");
                        }
                        crew.pause(Duration.ofMillis(100));
                    }

                    ScrubStatus status = awaitPass(store, crew);

                    assertThat(status.completedFindings()).isZero();
                    assertThat(status.soundPasses()).isPositive();
                    assertThat(status.verifiedBytes()).isPositive();
                    assertThat(status.share()).isEqualTo(1);
                    assertThat(places(store)).isEmpty();
                });
    }

    @Test
    void damagedRecordIsFoundAndNamed() {
        inStore(1 << 30, (store, crew) -> fill(store));
        byte[] bytes = disk.contents(StoreFiles.DATA);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("text number 33");
        bytes[at] ^= 1;
        disk.replace(StoreFiles.DATA, bytes);
        disk.delete(ScrubMemory.FILE);

        inStore(
                1 << 30,
                (store, crew) -> {
                    ScrubStatus status = awaitPass(store, crew);

                    assertThat(status.completedFindings()).isEqualTo(1);
                    assertThat(status.damagedPasses()).isEqualTo(1);
                    assertThat(places(store))
                            .singleElement()
                            .satisfies(
                                    place -> {
                                        assertThat(place.covers(at)).isTrue();
                                        assertThat(place.sequence()).isEqualTo(34);
                                        assertThat(place.part())
                                                .isEqualTo(DamagedPlace.Part.VERSION);
                                        assertThat(place.finder())
                                                .isEqualTo(DamagedPlace.Finder.SCRUB);
                                    });
                });
    }

    @Test
    void pausedScrubReadsNothingUntilItIsResumed() {
        inStore(
                4000,
                (store, crew) -> {
                    fill(store);
                    store.engine().scrub().pause();
                    crew.pause(Duration.ofSeconds(1));
                    long read = store.engine().scrub().status().verifiedBytes();
                    crew.pause(Duration.ofSeconds(100));

                    assertThat(store.engine().scrub().status().state())
                            .isEqualTo(ScrubStatus.State.PAUSED);
                    assertThat(store.engine().scrub().status().verifiedBytes()).isEqualTo(read);

                    store.engine().scrub().resume();
                    assertThat(awaitPass(store, crew).completedFindings()).isZero();
                });
    }

    @Test
    void restartGoesOnWhereItWasAndABadFileBeginsAnew() {
        inStore(
                2000,
                (store, crew) -> {
                    fill(store);
                    crew.pause(Duration.ofSeconds(2));
                    assertThat(store.engine().scrub().status().verifiedBytes()).isPositive();
                });
        byte[] kept = disk.contents(ScrubMemory.FILE);

        inStore(
                2000,
                (store, crew) -> {
                    crew.pause(Duration.ofMillis(10));
                    assertThat(store.engine().scrub().status().position()).isGreaterThan(8192);
                    assertThat(awaitPass(store, crew).completedFindings()).isZero();
                });
        kept[200] ^= 1;
        disk.replace(ScrubMemory.FILE, kept);
        inStore(
                1 << 30,
                (store, crew) -> assertThat(awaitPass(store, crew).completedPass()).isEqualTo(1));
    }
}
