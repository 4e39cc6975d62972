package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.Commit;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.LogPoint;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Transactions are found by number and by instant, whether or not their places are known. */
class OpenLogTests {

    /** More than two of the places that the store notes, and not a multiple of their distance. */
    private static final int COUNT = 700;

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private final SimulatedDisk disk = new SimulatedDisk(9);

    private static List<LogPoint> points(TextStore store) {
        List<LogPoint> points = new ArrayList<>();
        ChangeLog.Reading reading = store.engine().log().readAfter(0);
        for (LogEntry entry = reading.next(); entry != null; entry = reading.next()) {
            Commit commit = (Commit) entry;
            points.add(new LogPoint(commit.sequence(), commit.at(), commit.digest()));
        }
        return points;
    }

    private void fill() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 0; i < COUNT; i++) {
                store.save("k" + i % 10, "text " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionsAreFoundByNumberAndInstant(boolean isReadBefore) {
        fill();
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            if (isReadBefore) {
                points(store);
            }
            DurableLog log = store.engine().log();
            LogPoint middle = log.at(300);
            assertThat(middle).isNotNull();
            assertThat(log.lastAt(middle.at())).isEqualTo(middle);
            List<LogPoint> points = points(store);

            assertThat(points).hasSize(COUNT).contains(middle);
            assertThat(log.newest()).isEqualTo(points.getLast());
            for (LogPoint point : points) {
                long nanos = point.at().epochNanos();
                assertThat(log.at(point.sequence())).isEqualTo(point);
                assertThat(log.lastAt(point.at())).isEqualTo(point);
                assertThat(log.lastAt(new Timestamp(nanos - 1)).sequence())
                        .isEqualTo(point.sequence() - 1);
            }
            assertThat(log.at(COUNT + 1)).isNull();
            assertThat(log.at(-1)).isNull();
            assertThat(log.at(0)).isEqualTo(log.lastAt(log.origin().createdAt()));
            assertThatThrownBy(() -> log.lastAt(Timestamp.MAX))
                    .isInstanceOf(InvalidQueryException.class);
        }
    }

    @Test
    void emptyLogHasItsBeginning() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            DurableLog log = store.engine().log();

            assertThat(log.newest().sequence()).isZero();
            assertThat(log.at(0)).isEqualTo(log.newest());
            assertThat(log.newest().at()).isEqualTo(log.origin().createdAt());
            assertThat(log.readAfter(0).next()).isNull();
        }
    }

    @Test
    void onlyWhatIsDurableIsTold() {
        Duration every = Duration.ofSeconds(1);
        StorageOptions interval =
                OPTIONS.toBuilder().durability(new Durability.Interval(every)).build();
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (TextStore store = TextStore.open(disk, interval, crew)) {
                        store.save("a", "text");
                        DurableLog log = store.engine().log();
                        ChangeLog.Reading reading = log.readAfter(0);
                        assertThat(reading.next()).isNull();
                        assertThat(log.newest().sequence()).isZero();
                        assertThat(log.at(1)).isNull();

                        long end = log.end();
                        log.awaitBeyond(end, every.multipliedBy(2));

                        assertThat(log.end()).isGreaterThan(end);
                        assertThat(log.at(1)).isEqualTo(log.newest());
                        return assertThat(reading.next()).isNotNull();
                    }
                });
    }

    @Test
    void closedLogSaysSo() {
        TextStore store = TextStore.open(disk, OPTIONS);
        DurableLog log = store.engine().log();
        ChangeLog.Reading reading = log.readAfter(0);
        store.close();

        assertThatThrownBy(reading::next).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> log.awaitBeyond(log.end(), Duration.ofSeconds(10)))
                .isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> store.engine().log()).isInstanceOf(StorageClosedException.class);
    }
}
