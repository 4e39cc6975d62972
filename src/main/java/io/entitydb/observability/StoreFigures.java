package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.ScrubStatus;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCounters;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the endpoint {@code store} shows.
 *
 * @param state the store's state
 * @param reason why it takes no writes; null if it does
 * @param header the header published last; null unless the store was opened
 * @param slots which slots of the header verify
 * @param headerCounters what the header's guard counted since the store was opened
 * @param space how the file is used; null unless the store was opened
 * @param sequences how far transactions are
 * @param writer the writer's figures
 * @param damagedVersions reads that met damaged bytes
 * @param damage what is known to be damaged
 * @param scrub how far the check of data at rest is
 * @param recovery the report of the last opening; null unless the store was opened
 */
record StoreFigures(
        String state,
        @Nullable String reason,
        @Nullable HeaderFigures header,
        EngineStatus.SlotsValid slots,
        HeaderCounters headerCounters,
        @Nullable Space space,
        Sequences sequences,
        EngineStatus.WriterStatus writer,
        long damagedVersions,
        Damage damage,
        ScrubFigures scrub,
        @Nullable RecoveryReport recovery) {

    static StoreFigures of(EngineStatus status, ScrubStatus scrub) {
        Header header = status.header();
        return new StoreFigures(
                status.state().label(),
                status.state() instanceof StoreState.ReadOnly readOnly
                        ? readOnly.reason().label()
                        : null,
                header == null ? null : HeaderFigures.of(header),
                status.slotsValid(),
                status.headerCounters(),
                header == null ? null : Space.of(header, status),
                new Sequences(
                        status.visibleSequence(),
                        status.durableSequence(),
                        header == null ? 0 : header.checkpointSequence()),
                status.writer(),
                status.damagedVersions(),
                Damage.of(status.quarantined()),
                ScrubFigures.of(scrub),
                status.recovery());
    }

    /**
     * What is known to be damaged.
     *
     * @param places in the order of files and positions
     * @param isComplete whether there was room for all that was found
     */
    record Damage(List<PlaceFigures> places, boolean isComplete) {

        private static Damage of(EngineStatus.Quarantined quarantined) {
            return new Damage(
                    quarantined.places().stream().map(PlaceFigures::of).toList(),
                    quarantined.isComplete());
        }
    }

    /** The header without the secret that its identity holds. */
    record HeaderFigures(
            long generation,
            UUID storeId,
            UUID fileId,
            Instant createdAt,
            long epoch,
            long walOffset,
            long walSequence,
            long checkpointSequence,
            long tagDictOffset,
            long tagDictSize,
            long entityCount,
            Instant lastModified,
            String lastDigest) {

        private static HeaderFigures of(Header header) {
            return new HeaderFigures(
                    header.generation(),
                    header.identity().storeId(),
                    header.identity().fileId(),
                    instant(header.identity().createdAt()),
                    header.epoch(),
                    header.walOffset(),
                    header.walSequence(),
                    header.checkpointSequence(),
                    header.tagDictOffset(),
                    header.tagDictSize(),
                    header.entityCount(),
                    instant(header.lastModified()),
                    String.valueOf(header.lastDigest()));
        }

        private static Instant instant(long epochNanos) {
            return Instant.ofEpochSecond(0, epochNanos);
        }
    }

    /**
     * How the file is used, in bytes.
     *
     * @param allocatedBytes the file
     * @param dataBytes whole, durable frames in it
     * @param tailBytes frames that no checkpoint covers
     * @param checkpointBytes how much of them starts the next one
     */
    record Space(long allocatedBytes, long dataBytes, long tailBytes, long checkpointBytes) {

        private static Space of(Header header, EngineStatus status) {
            return new Space(
                    header.fileSize(),
                    header.dataSize(),
                    status.tailBytes(),
                    status.tailLimitBytes());
        }
    }

    /**
     * How far transactions are.
     *
     * @param visible newest that readers see
     * @param durable newest that is forced
     * @param checkpointed newest that a checkpoint covers
     */
    record Sequences(long visible, long durable, long checkpointed) {}
}
