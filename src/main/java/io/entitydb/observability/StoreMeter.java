package io.entitydb.observability;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageObserver.CommitResult;
import io.entitydb.storage.StorageObserver.ReadResult;
import io.entitydb.storage.error.DamagedPlace;

import java.util.List;

/**
 * Every meter of the store: this is their documentation, and the only place where they are made.
 */
enum StoreMeter {
    /** Share of valid ones: whether header fields can be trusted. */
    HEADER_VALIDATIONS(
            "header.validations",
            Kind.COUNTER,
            "Checks of header fields before they are used or replaced",
            MeterLabel.of("result", "valid", "invalid"),
            MeterLabel.of("trigger", "wal_offset", "tag_dict_offset", "update")),
    /** Grows with commits; failures leave the file with its older header. */
    HEADER_PUBLISHES(
            "header.publishes",
            Kind.COUNTER,
            "Headers written to a slot and forced",
            MeterLabel.of("result", "done", "failed")),
    /** Any is a reason to run verify: one of the two slots was lost. */
    HEADER_FALLBACKS(
            "header.fallbacks", Kind.COUNTER, "Openings that found only one header slot valid"),
    /** Contention on the header. */
    HEADER_LOCK_ACQUISITIONS(
            "header.lock.acquisitions",
            Kind.COUNTER,
            "Acquisitions of the header's lock",
            MeterLabel.of("contended", "true", "false")),
    /** Time lost by that contention. */
    HEADER_LOCK_WAIT("header.lock.wait", Kind.TIMER, "Waiting for the header's lock"),
    /** Must grow while the store is written to. */
    HEADER_GENERATION("header.generation", Kind.GAUGE, "Generation of the published header"),
    /** Share of valid ones: ADR-038's WALOffset validation success rate. */
    WAL_OFFSET_VALIDATIONS(
            "wal.offset.validations",
            Kind.COUNTER,
            "Checks of walOffset before it is used",
            MeterLabel.of("result", "valid", "invalid")),
    /** Batches of frames. */
    WAL_APPEND("wal.append", Kind.COUNTER, "Appends of frames to the log"),
    /** The floor of every commit's latency. */
    WAL_FSYNC("wal.fsync", Kind.HISTOGRAM, "Forces of the log that succeeded"),
    /** One is enough to make the store read-only. */
    WAL_FSYNC_ERRORS("wal.fsync.errors", Kind.COUNTER, "Forces of the log that failed"),
    /** Write throughput at the disk. */
    WAL_WRITTEN("wal.written", Kind.COUNTER, "bytes", "Frames appended to the log"),
    /** What recovery would replay. */
    WAL_SIZE("wal.size", Kind.GAUGE, "bytes", "Log that no checkpoint covers"),
    /** Visible never exceeds durable; checkpointed follows. */
    WAL_SEQUENCE(
            "wal.sequence",
            Kind.GAUGE,
            "Newest transaction that readers see, that is forced, that a checkpoint covers",
            MeterLabel.of("point", "visible", "durable", "checkpointed")),
    /** Share of committed ones: the write success rate. */
    WRITES(
            "writes",
            Kind.COUNTER,
            "Transactions by how their commit ended",
            MeterLabel.of("result", CommitResult.values())),
    /** What a client waits for. */
    COMMIT("commit", Kind.HISTOGRAM, "From handing a transaction over to its acknowledgement"),
    /** How well one force is shared. */
    COMMIT_BATCH_SIZE("commit.batch.size", Kind.SUMMARY, "Transactions that one force carried"),
    /** At its capacity, writes are refused. */
    COMMIT_QUEUE_SIZE("commit.queue.size", Kind.GAUGE, "Transactions that wait for the writer"),
    /** Above ten seconds the writer counts as dead. */
    COMMIT_OLDEST_PENDING(
            "commit.oldest.pending",
            Kind.GAUGE,
            "seconds",
            "Age of the oldest transaction not answered yet"),
    /** Clients that write the same entities. */
    COMMIT_CONFLICTS("commit.conflicts", Kind.COUNTER, "Transactions refused as not the first"),
    /** Share of damaged ones. */
    READS(
            "reads",
            Kind.COUNTER,
            "Entities and versions looked for in the file",
            MeterLabel.of("result", ReadResult.values())),
    /** What lists cost; reads by id are not among them. */
    QUERY(
            "query",
            Kind.TIMER,
            "Answers from the search index",
            MeterLabel.of("kind", "entities", "tags", "facets")),
    /** Queries wait for it. */
    QUERY_LAG(
            "query.lag",
            Kind.GAUGE,
            "Transactions that the store shows and the search index lacks"),
    /** All of history that can be searched. */
    VERSIONS("versions", Kind.GAUGE, "Versions in the search index, past ones included"),
    /** Living entities. */
    ENTITIES("entities", Kind.GAUGE, "Entities", MeterLabel.of("state", "active")),
    /** Time stamps stay in order all the same. */
    CLOCK_REGRESSIONS("clock.regressions", Kind.COUNTER, "Times the clock stepped back"),
    /** What the file takes, and what of it is used. */
    FILE_SIZE(
            "file.size",
            Kind.GAUGE,
            "bytes",
            "Size of the file: allocated, and of frames in it",
            MeterLabel.of("section", "allocated", "data")),
    /** At zero, commits are refused. */
    FILE_FREE(
            "file.free",
            Kind.GAUGE,
            "bytes",
            "What the file may still take, as device and settings permit; 0 while it is not open"),
    /** Failures make the next recovery longer. */
    CHECKPOINT(
            "checkpoint",
            Kind.TIMER,
            "Checkpoints of the entity index",
            MeterLabel.of("result", "done", "failed")),
    /** With writes going on, it is never long ago. */
    CHECKPOINT_LAST_SUCCESS(
            "checkpoint.last.success",
            Kind.GAUGE,
            "seconds",
            "When a checkpoint was last written, since 1970; 0 if none was since the start"),
    /** How the store was found. */
    RECOVERY(
            "recovery",
            Kind.TIMER,
            "Openings of the store",
            MeterLabel.of("outcome", RecoveryReport.Outcome.values())),
    /** Work that recovery did. */
    RECOVERY_REPLAYED("recovery.replayed", Kind.COUNTER, "Transactions replayed from the log"),
    /** After a crash some is usual: nothing of it was acknowledged. */
    RECOVERY_DISCARDED(
            "recovery.discarded",
            Kind.COUNTER,
            "bytes",
            "Bytes behind the end of the log that an opening cleared",
            MeterLabel.of("reason", "torn_tail")),
    /** Any is a reason to look at the device and the backups. */
    CORRUPTIONS(
            "corruptions",
            Kind.COUNTER,
            "Damaged bytes met",
            MeterLabel.of("section", Section.values())),
    /** What of it can be healed a repair tells; it goes back to zero with the next opening. */
    QUARANTINED(
            "quarantined",
            Kind.GAUGE,
            "Places in the files that are known to be damaged",
            MeterLabel.of("part", DamagedPlace.Part.values())),
    /** Transactions that cannot be read, of a store that was opened before a gap in its log. */
    LOST_TRANSACTIONS(
            "lost.transactions",
            Kind.GAUGE,
            "Transactions lost in gaps of the log, as far as their number is known"),
    /** Any damaged one is a reason to run verify. */
    SCRUB(
            "scrub",
            Kind.COUNTER,
            "Checks of data at rest that came to their end",
            MeterLabel.of("result", "sound", "damaged")),
    /** Stays at 1 between two checks. */
    SCRUB_PROGRESS(
            "scrub.progress",
            Kind.GAUGE,
            "ratio",
            "Share of the check of data at rest that is done"),
    /** Grows at the rate of the settings while a check reads. */
    SCRUB_VERIFIED(
            "scrub.verified",
            Kind.COUNTER,
            "bytes",
            "Data at rest that was read again and verified"),
    /** Compare it with the pause between two checks; survives a restart. */
    SCRUB_LAST_SUCCESS(
            "scrub.last.success",
            Kind.GAUGE,
            "seconds",
            "When a check of data at rest last came to its end, since 1970; 0 if none did"),
    /** Any failure is a reason to look at the directory for backups. */
    BACKUP(
            "backup",
            Kind.COUNTER,
            "Backups that came to their end",
            MeterLabel.of("type", "full", "incremental"),
            MeterLabel.of("result", "done", "failed")),
    /** Compare it with the schedule; survives a restart. */
    BACKUP_LAST_SUCCESS(
            "backup.last.success",
            Kind.GAUGE,
            "seconds",
            "When a backup was last made, or found to hold all, since 1970; 0 if none was"),
    /** Each backup is read back before it counts. */
    BACKUP_LAST_VERIFIED(
            "backup.last.verified",
            Kind.GAUGE,
            "seconds",
            "When a backup was last read back and found sound, since 1970; 0 if none was"),
    /** At the limit, further clients are refused. */
    CHANGES_FEEDS(
            "changes.feeds",
            Kind.GAUGE,
            "Clients that follow the changes, live or waiting for a page"),
    /** What the log tells times the clients that want it. */
    CHANGES_TOLD("changes.told", Kind.COUNTER, "Changes that were told to live feeds"),
    /** Clients that do too much, or somebody who guesses. */
    REQUESTS_THROTTLED(
            "requests.throttled",
            Kind.COUNTER,
            "Requests told to come back later, by what was too much",
            MeterLabel.of("type", "principal", "address", "anonymous", "login")),
    /** Omitted ones are told in the audit trail as a number. */
    AUDIT_EVENTS(
            "audit.events",
            Kind.COUNTER,
            "Refusals, failed logins and begun work, by whether the audit trail keeps them",
            MeterLabel.of("result", "kept", "omitted")),
    /** One of them is 1. */
    STORE_STATE(
            "store.state",
            Kind.GAUGE,
            "Whether the store is in this state",
            MeterLabel.of(
                    "state",
                    "closed",
                    "opening",
                    "recovering",
                    "ready",
                    "read_only",
                    "closing",
                    "failed")),
    /** Always 1. */
    STORE_INFO("store.info", Kind.GAUGE, "What runs", MeterLabel.givenAtStart("version"));

    /** What a meter is. */
    enum Kind {
        /** Only grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Count and sum of durations. */
        TIMER,
        /** Count, sum, maximum and buckets of durations. */
        HISTOGRAM,
        /** Count, sum and maximum of amounts. */
        SUMMARY
    }

    /** Parts of the files in which damage is met. */
    enum Section {
        /** A frame of the log. */
        LOG,
        /** What the engine names otherwise. */
        OTHER;

        /** The section that the engine names. */
        static Section of(String name) {
            for (Section section : values()) {
                if (MeterLabel.value(section).equals(name)) {
                    return section;
                }
            }
            return OTHER;
        }
    }

    private static final String PREFIX = "entitydb.";

    private final String path;
    private final Kind kind;
    private final String unit;
    private final String description;

    // Made by List.of and full of records; the checker sees only the interface.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<MeterLabel> labels;

    StoreMeter(String path, Kind kind, String description, MeterLabel... labels) {
        this(path, kind, "", description, labels);
    }

    StoreMeter(String path, Kind kind, String unit, String description, MeterLabel... labels) {
        this.path = path;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.labels = List.of(labels);
    }

    /** The name, dots between its parts. */
    String path() {
        return PREFIX + path;
    }

    Kind kind() {
        return kind;
    }

    /** The base unit; empty if it counts things or, being a timer, needs none. */
    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    List<MeterLabel> labels() {
        return labels;
    }
}
