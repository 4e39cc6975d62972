package io.entitydb.storage;

import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCodec;
import io.entitydb.storage.header.HeaderCounters;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The engine's figures at one moment, for health, metrics and documents. All of them are cheap to
 * take.
 *
 * @param state the store's state
 * @param header the header published last; null unless the store was opened
 * @param headerCounters what the header's guard counted since the store was opened
 * @param slotsValid validity of slots A and B when they were last read
 * @param visibleSequence newest transaction that readers see
 * @param durableSequence newest transaction known to be forced
 * @param tailBytes log not covered by a checkpoint
 * @param tailLimitBytes log that starts the next checkpoint
 * @param writer the writer's figures
 * @param damagedVersions reads that met damaged bytes since the store was opened
 * @param quarantined what is known to be damaged
 * @param recovery the report of the last opening; null unless the store was opened
 */
public record EngineStatus(
        StoreState state,
        @Nullable Header header,
        HeaderCounters headerCounters,
        SlotsValid slotsValid,
        long visibleSequence,
        long durableSequence,
        long tailBytes,
        long tailLimitBytes,
        WriterStatus writer,
        long damagedVersions,
        Quarantined quarantined,
        @Nullable RecoveryReport recovery) {

    /** Version of the format that is written. */
    public static final int FORMAT_VERSION = HeaderCodec.VERSION;

    /**
     * The damaged places that are known.
     *
     * @param places in the order of files and positions
     * @param isComplete whether there was room for all that was found
     */
    public record Quarantined(List<DamagedPlace> places, boolean isComplete) {

        /** Nothing is known to be damaged. */
        public static final Quarantined NONE = new Quarantined(List.of(), true);

        /** Copies the list. */
        public Quarantined {
            places = List.copyOf(places);
        }

        static Quarantined of(Quarantine quarantine) {
            return quarantine.isEmpty()
                    ? NONE
                    : new Quarantined(quarantine.places(), quarantine.isComplete());
        }
    }

    /**
     * Which header slots verify.
     *
     * @param a slot at 0
     * @param b slot at 4096
     */
    public record SlotsValid(boolean a, boolean b) {}

    /**
     * The writer's figures.
     *
     * @param isAlive whether its thread runs
     * @param isPoisoned whether a write or force failed
     * @param queued transactions waiting
     * @param queueCapacity transactions that may wait
     * @param oldestPendingNanos age of the oldest transaction not answered yet; 0 if none
     * @param entityCount living entities
     */
    public record WriterStatus(
            boolean isAlive,
            boolean isPoisoned,
            int queued,
            int queueCapacity,
            long oldestPendingNanos,
            long entityCount) {}
}
