package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCounters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

import java.time.Duration;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Reads the engine's figures whenever the meters are asked for. */
@RequiredArgsConstructor
final class EngineMeters implements MeterBinder {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final StorageEngine engine;
    private final String version;
    private final UncontendedCount uncontended = new UncontendedCount();

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        bindHeader(meters);
        bindLog(meters);
        bindWriter(meters);
        bindDamage(meters);
        bindScrub(meters);
        for (String state : StoreMeter.STORE_STATE.labels().getFirst().values()) {
            meters.gauge(
                    StoreMeter.STORE_STATE,
                    engine,
                    e -> e.state().label().equals(state) ? 1 : 0,
                    state);
        }
        meters.gauge(StoreMeter.STORE_INFO, engine, e -> 1, version);
    }

    private void bindHeader(MeterFactory meters) {
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                HeaderCounters::walOffsetValid,
                "valid",
                "wal_offset");
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                HeaderCounters::walOffsetInvalid,
                "invalid",
                "wal_offset");
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                HeaderCounters::tagDictOffsetValid,
                "valid",
                "tag_dict_offset");
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                HeaderCounters::tagDictOffsetInvalid,
                "invalid",
                "tag_dict_offset");
        // What passes the rules is published at once, well or not.
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                counters -> counters.published() + counters.publishFailed(),
                "valid",
                "update");
        countHeader(
                meters,
                StoreMeter.HEADER_VALIDATIONS,
                HeaderCounters::refusedUpdates,
                "invalid",
                "update");
        countHeader(meters, StoreMeter.HEADER_PUBLISHES, HeaderCounters::published, "done");
        countHeader(meters, StoreMeter.HEADER_PUBLISHES, HeaderCounters::publishFailed, "failed");
        countHeader(
                meters, StoreMeter.HEADER_LOCK_ACQUISITIONS, HeaderCounters::lockContended, "true");
        countHeader(meters, StoreMeter.HEADER_LOCK_ACQUISITIONS, uncontended::of, "false");
        meters.timer(
                StoreMeter.HEADER_LOCK_WAIT,
                engine,
                e -> e.status().headerCounters().lockContended(),
                e -> e.status().headerCounters().lockWaitNanos());
        gaugeHeader(meters, StoreMeter.HEADER_GENERATION, Header::generation);
    }

    private void bindLog(MeterFactory meters) {
        countHeader(
                meters, StoreMeter.WAL_OFFSET_VALIDATIONS, HeaderCounters::walOffsetValid, "valid");
        countHeader(
                meters,
                StoreMeter.WAL_OFFSET_VALIDATIONS,
                HeaderCounters::walOffsetInvalid,
                "invalid");
        gauge(meters, StoreMeter.WAL_SIZE, EngineStatus::tailBytes);
        gauge(meters, StoreMeter.WAL_SEQUENCE, EngineStatus::visibleSequence, "visible");
        gauge(meters, StoreMeter.WAL_SEQUENCE, EngineStatus::durableSequence, "durable");
        gaugeHeader(meters, StoreMeter.WAL_SEQUENCE, Header::checkpointSequence, "checkpointed");
        gaugeHeader(meters, StoreMeter.FILE_SIZE, Header::fileSize, "allocated");
        gaugeHeader(meters, StoreMeter.FILE_SIZE, Header::dataSize, "data");
        meters.gauge(StoreMeter.FILE_FREE, engine, e -> e.state().isReadable() ? e.spaceLeft() : 0);
    }

    private void bindWriter(MeterFactory meters) {
        gauge(meters, StoreMeter.COMMIT_QUEUE_SIZE, status -> status.writer().queued());
        gauge(
                meters,
                StoreMeter.COMMIT_OLDEST_PENDING,
                status -> status.writer().oldestPendingNanos() / NANOS_PER_SECOND);
        gauge(meters, StoreMeter.ENTITIES, status -> status.writer().entityCount(), "active");
    }

    private void bindDamage(MeterFactory meters) {
        for (DamagedPlace.Part part : DamagedPlace.Part.values()) {
            gauge(
                    meters,
                    StoreMeter.QUARANTINED,
                    status ->
                            status.quarantined().places().stream()
                                    .filter(place -> place.part() == part)
                                    .count(),
                    part.label());
        }
        gauge(meters, StoreMeter.LOST_TRANSACTIONS, EngineMeters::lost);
    }

    private void bindScrub(MeterFactory meters) {
        meters.counter(StoreMeter.SCRUB, engine, e -> e.scrub().status().soundPasses(), "sound");
        meters.counter(
                StoreMeter.SCRUB, engine, e -> e.scrub().status().damagedPasses(), "damaged");
        meters.gauge(StoreMeter.SCRUB_PROGRESS, engine, e -> e.scrub().status().share());
        meters.counter(StoreMeter.SCRUB_VERIFIED, engine, e -> e.scrub().status().verifiedBytes());
        meters.gauge(
                StoreMeter.SCRUB_LAST_SUCCESS,
                engine,
                e -> e.scrub().status().completedAt() / NANOS_PER_SECOND);
    }

    private static long lost(EngineStatus status) {
        RecoveryReport recovery = status.recovery();
        return recovery == null || recovery.damage() == null
                ? 0
                : recovery.damage().lost().stream().mapToLong(LostSequences::count).sum();
    }

    private void countHeader(
            MeterFactory meters,
            StoreMeter meter,
            ToLongFunction<HeaderCounters> count,
            String... values) {
        meters.counter(meter, engine, e -> count.applyAsLong(e.status().headerCounters()), values);
    }

    private void gaugeHeader(
            MeterFactory meters, StoreMeter meter, ToLongFunction<Header> value, String... values) {
        gauge(
                meters,
                meter,
                status -> status.header() == null ? 0 : value.applyAsLong(status.header()),
                values);
    }

    private void gauge(
            MeterFactory meters,
            StoreMeter meter,
            ToDoubleFunction<EngineStatus> value,
            String... values) {
        meters.gauge(meter, engine, e -> value.applyAsDouble(e.status()), values);
    }
}
