package io.entitydb.storage.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.entitydb.entity.EntityKey;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class QuarantineTests {

    private static final String FILE = "entities.edb";

    private final Quarantine quarantine = new Quarantine();

    @Test
    void placeIsListedOnceWithAllThatIsKnownOfIt() {
        EntityKey key = new EntityKey("default", "a");
        DamagedPlace met = place(8192);
        DamagedPlace scrubbed =
                met.toBuilder()
                        .length(160)
                        .key(key)
                        .version(3)
                        .sequence(7)
                        .finder(DamagedPlace.Finder.SCRUB)
                        .build();

        assertThat(quarantine.add(met)).isTrue();
        assertThat(quarantine.add(scrubbed)).isFalse();

        assertThat(quarantine.count()).isEqualTo(1);
        assertThat(quarantine.places())
                .containsExactly(scrubbed.toBuilder().finder(DamagedPlace.Finder.READ).build());
    }

    @Test
    void whatIsKnownIsNotForgottenByALaterFinding() {
        DamagedPlace known = place(8192).toBuilder().length(160).version(3).sequence(7).build();

        quarantine.add(known);
        quarantine.add(place(8192));

        assertThat(quarantine.places()).containsExactly(known);
    }

    @Test
    void placesComeInTheOrderOfFilesAndPositions() {
        quarantine.add(place(20_000));
        quarantine.add(place(8192));
        quarantine.add(place(9000).toBuilder().file("entities.idx").build());

        assertThat(quarantine.places())
                .extracting(DamagedPlace::file, DamagedPlace::position)
                .containsExactly(
                        tuple(FILE, 8192L), tuple(FILE, 20_000L), tuple("entities.idx", 9000L));
    }

    @Test
    void positionWithinAPlaceIsCovered() {
        quarantine.add(place(8192).toBuilder().length(1000).build());
        quarantine.add(place(8300).toBuilder().length(100).build());
        quarantine.add(place(20_000));

        assertThat(quarantine.at(FILE, 8191)).isNull();
        assertThat(quarantine.at(FILE, 8192)).isNotNull();
        assertThat(quarantine.at(FILE, 8350))
                .isNotNull()
                .extracting(DamagedPlace::position)
                .isEqualTo(8300L);
        assertThat(quarantine.at(FILE, 9191))
                .isNotNull()
                .extracting(DamagedPlace::position)
                .isEqualTo(8192L);
        assertThat(quarantine.at(FILE, 9192)).isNull();
        assertThat(quarantine.at(FILE, 20_000)).isNotNull();
        assertThat(quarantine.at(FILE, 20_001)).isNull();
        assertThat(quarantine.at("entities.idx", 8192)).isNull();
    }

    @Test
    void firstPlacesAreKeptAndItIsSaidThatThereAreMore() {
        for (int i = 0; i < Quarantine.MAX_PLACES; i++) {
            assertThat(quarantine.add(place(8192 + 8L * i))).isTrue();
        }
        assertThat(quarantine.isComplete()).isTrue();

        assertThat(quarantine.add(place(1 << 20))).isFalse();

        assertThat(quarantine.isComplete()).isFalse();
        assertThat(quarantine.count()).isEqualTo(Quarantine.MAX_PLACES);
        assertThat(quarantine.places()).hasSize(Quarantine.MAX_PLACES);
        assertThat(quarantine.at(FILE, 8192)).isNotNull();
    }

    @Test
    void manyThreadsFindEachPlaceOnce() {
        AtomicInteger firsts = new AtomicInteger();

        IntStream.range(0, 8000)
                .parallel()
                .forEach(
                        i -> {
                            if (quarantine.add(place(8192 + 8L * (i % 100)))) {
                                firsts.incrementAndGet();
                            }
                            assertThat(quarantine.places()).hasSizeLessThanOrEqualTo(100);
                        });

        assertThat(firsts).hasValue(100);
        assertThat(quarantine.count()).isEqualTo(100);
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> place(-8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place(8).toBuilder().length(-1).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static DamagedPlace place(long position) {
        return DamagedPlace.of(
                new CorruptDataException(FILE, position, "record checksum differs"),
                DamagedPlace.Part.VERSION,
                DamagedPlace.Finder.READ);
    }
}
