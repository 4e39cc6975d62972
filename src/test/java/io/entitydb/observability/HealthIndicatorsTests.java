package io.entitydb.observability;

import static io.entitydb.storage.config.StatusFixture.notOpen;
import static io.entitydb.storage.config.StatusFixture.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.StoreState.Reason;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.health.contributor.Health;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class HealthIndicatorsTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final StoreState FAILED = new StoreState.Failed("locked");

    static Stream<Case> store() {
        return Stream.of(
                new Case("ready", ready(), "UP"),
                new Case("read-only: maintenance", readOnly(Reason.MAINTENANCE), "DEGRADED"),
                new Case("read-only: no space", readOnly(Reason.NO_SPACE), "DEGRADED"),
                new Case("read-only: force failed", readOnly(Reason.FORCE_FAILED), "DEGRADED"),
                new Case("read-only: corruption", readOnly(Reason.CORRUPTION), "DEGRADED"),
                new Case("closed", notOpen(new StoreState.Closed()), "OUT_OF_SERVICE"),
                new Case("opening", notOpen(new StoreState.Opening()), "OUT_OF_SERVICE"),
                new Case("recovering", notOpen(new StoreState.Recovering(3, 9)), "OUT_OF_SERVICE"),
                new Case("closing", ready().state(new StoreState.Closing()), "OUT_OF_SERVICE"),
                new Case("failed", notOpen(FAILED), "DOWN"));
    }

    static Stream<Case> header() {
        return Stream.of(
                new Case("both slots", ready(), "UP"),
                new Case("only a", ready().slots(true, false), "DEGRADED"),
                new Case("only b", ready().slots(false, true), "DEGRADED"),
                new Case("none", ready().slots(false, false), "DOWN"),
                new Case("failed before a slot was valid", notOpen(FAILED), "DOWN"),
                new Case("opening", notOpen(new StoreState.Opening()), "UNKNOWN"));
    }

    static Stream<Case> wal() {
        return Stream.of(
                new Case("all well", ready(), "UP"),
                new Case("tail at the next checkpoint", ready().tailBytes(1_000_000), "UP"),
                new Case("tail of a running checkpoint", ready().tailBytes(1_600_000), "UP"),
                new Case("tail near its limit", ready().tailBytes(1_600_001), "DEGRADED"),
                new Case("walOffset invalid", ready().walOffsetChecks(90, 1), "DOWN"),
                new Case("poisoned", ready().writer(true, true, 0), "DOWN"),
                new Case("read-only: force failed", readOnly(Reason.FORCE_FAILED), "DOWN"),
                new Case("read-only: no space", readOnly(Reason.NO_SPACE), "UP"),
                new Case("recovering", notOpen(new StoreState.Recovering(3, 9)), "UNKNOWN"));
    }

    static Stream<Case> writer() {
        return Stream.of(
                new Case("idle", ready(), "UP"),
                new Case("pending below 1 s", ready().writer(true, false, SECOND - 1), "UP"),
                new Case("pending 1 s", ready().writer(true, false, SECOND), "DEGRADED"),
                new Case("pending 10 s", ready().writer(true, false, 10 * SECOND), "DEGRADED"),
                new Case("pending longer", ready().writer(true, false, 10 * SECOND + 1), "DOWN"),
                new Case("thread dead", ready().writer(false, false, 0), "DOWN"),
                new Case("no space", readOnly(Reason.NO_SPACE), "OUT_OF_SERVICE"),
                new Case(
                        "maintenance, no thread",
                        readOnly(Reason.MAINTENANCE).writer(false, false, 0),
                        "OUT_OF_SERVICE"),
                new Case(
                        "maintenance, stuck",
                        readOnly(Reason.MAINTENANCE).writer(true, false, 11 * SECOND),
                        "DOWN"),
                new Case(
                        "force failed, thread dead",
                        readOnly(Reason.FORCE_FAILED).writer(false, true, 0),
                        "DOWN"),
                new Case("failed", notOpen(FAILED), "DOWN"),
                new Case("closing", ready().state(new StoreState.Closing()), "UNKNOWN"));
    }

    static Stream<Case> corruption() {
        return Stream.of(
                new Case("none found", ready(), "UP"),
                new Case("damaged versions", ready().damagedVersions(2), "DEGRADED"),
                new Case("read-only: corruption", readOnly(Reason.CORRUPTION), "DOWN"),
                new Case(
                        "damage in the replayed range",
                        ready().recovered(
                                        StatusFixture.recovery(
                                                new RecoveryReport.Damage(4096, 3, "crc"))),
                        "DOWN"),
                new Case("failed before it was read", notOpen(FAILED), "UNKNOWN"),
                new Case("closed", notOpen(new StoreState.Closed()), "UNKNOWN"));
    }

    @ParameterizedTest
    @MethodSource("store")
    void storeIsJudgedByItsState(Case given) {
        Health health = new StoreHealthIndicator(given.engine()).health();

        assertThat(health.getStatus().getCode()).isEqualTo(given.status());
        assertThat(health.getDetails()).containsEntry("state", given.engine().state().label());
    }

    @ParameterizedTest
    @MethodSource("header")
    void headerIsJudgedByItsSlots(Case given) {
        assertThat(new HeaderHealthIndicator(given.engine()).health().getStatus().getCode())
                .isEqualTo(given.status());
    }

    @ParameterizedTest
    @MethodSource("wal")
    void walIsJudgedByItsOffsetItsForcesAndItsTail(Case given) {
        assertThat(walHealth(given.engine(), 0).getStatus().getCode()).isEqualTo(given.status());
    }

    @ParameterizedTest
    @MethodSource("writer")
    void writerIsJudgedByItsOldestTransaction(Case given) {
        assertThat(new WriterHealthIndicator(given.engine()).health().getStatus().getCode())
                .isEqualTo(given.status());
    }

    @ParameterizedTest
    @MethodSource("corruption")
    void corruptionIsJudgedByWhatItsExtentIs(Case given) {
        assertThat(new CorruptionHealthIndicator(given.engine()).health().getStatus().getCode())
                .isEqualTo(given.status());
    }

    @Test
    void walIsDegradedWhileTheDiskIsSlow() {
        StandInEngine engine = new StandInEngine(ready().build());

        assertThat(walHealth(engine, 100).getStatus().getCode()).isEqualTo("UP");
        assertThat(walHealth(engine, 101).getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(walHealth(engine, 101).getDetails()).containsEntry("forceP99Millis", 101L);
    }

    @Test
    void recoveryShowsHowFarItIs() {
        StandInEngine engine = new StandInEngine(notOpen(new StoreState.Recovering(3, 9)).build());

        assertThat(new StoreHealthIndicator(engine).health().getDetails())
                .containsEntry("doneBytes", 3L)
                .containsEntry("totalBytes", 9L);
    }

    @Test
    void readOnlyStoreShowsWhy() {
        StandInEngine engine = new StandInEngine(readOnly(Reason.NO_SPACE).build());

        assertThat(new StoreHealthIndicator(engine).health().getDetails())
                .containsEntry("reason", "no-space");
    }

    @Test
    void detailsAreFiguresAndNamesOnly() {
        StandInEngine engine =
                new StandInEngine(
                        ready().state(
                                        new StoreState.ReadOnly(
                                                Reason.CORRUPTION, "/srv/store/entities.edb"))
                                .recovered(
                                        StatusFixture.recovery(
                                                new RecoveryReport.Damage(4096, 3, "/srv/x")))
                                .build());

        assertThat(
                        Stream.of(
                                new StoreHealthIndicator(engine).health(),
                                new HeaderHealthIndicator(engine).health(),
                                walHealth(engine, 0),
                                new WriterHealthIndicator(engine).health(),
                                new CorruptionHealthIndicator(engine).health()))
                .flatExtracting(health -> List.copyOf(health.getDetails().values()))
                .isNotEmpty()
                .allSatisfy(
                        value ->
                                assertThat(value.toString())
                                        .matches("-?[0-9]+|true|false|[a-z_-]+"));
    }

    private static Health walHealth(StandInEngine engine, long forceMillis) {
        RecentForces forces = new RecentForces(() -> 0);
        for (int i = 0; i < RecentForces.SIGNIFICANT; i++) {
            forces.record(Duration.ofMillis(forceMillis).toNanos());
        }
        return new WalHealthIndicator(engine, forces).health();
    }

    private static StatusFixture readOnly(Reason reason) {
        return ready().state(new StoreState.ReadOnly(reason, "detail"));
    }

    /** A store, and what is to be said of it. */
    record Case(String name, StandInEngine engine, String status) {

        private Case(String name, StatusFixture fixture, String status) {
            this(name, new StandInEngine(fixture.build()), status);
        }

        @Override
        public String toString() {
            return name + " is " + status;
        }
    }
}
