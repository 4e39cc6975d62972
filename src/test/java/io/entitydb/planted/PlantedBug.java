package io.entitydb.planted;

import static io.entitydb.planted.Planting.in;

import java.util.function.Supplier;

/** Errors of the protocol, and what must notice each. */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
enum PlantedBug {
    /** Batches are written and acknowledged, and never forced. */
    LOG_NOT_FORCED("CRASH", () -> in("log.Wal", "force").withoutCall("force")),
    /** Batches are acknowledged when they are written, and forced with the header, some time. */
    ACKNOWLEDGED_BEFORE_FORCE("CRASH", () -> in("Forcing", "isAtOnce").returnsAtOnce()),
    /** A force that failed is tried again, and the second one succeeds over lost pages. */
    FORCE_TRIED_AGAIN("FAILED_FORCE", () -> in("log.Wal", "force").withSecondTryOf("force")),
    /** A batch is visible, acknowledged even, before it is in the file. */
    APPLIED_BEFORE_APPENDED(
            "SCHEDULE", () -> in("GroupCommit", "commit").withCallsSwapped("append", "apply")),
    /** The slots are not used in turn: the only one that is up to date is written over. */
    SAME_SLOT_TWICE(
            "header.HeaderSyncTests", () -> in("header.HeaderSync", "publish").withSumsOneHigher()),
    /** A header is used before it is forced. */
    HEADER_NOT_FORCED(
            "CRASH", () -> in("recovery.Recovery$Opening", "lambda$new$0").withoutCall("force")),
    /** Space is used without being zeroed and forced. */
    SPACE_NOT_FORCED("CRASH", () -> in("log.Wal", "claim").withoutCall("force")),
    /** Frames that may be in the page cache only are not written again. */
    TAIL_NOT_REWRITTEN(
            "FAILED_FORCE", () -> in("recovery.TailSettler", "settle").withoutCall("write")),
    /** The tail is made certain, but not forced. */
    TAIL_NOT_FORCED(
            "NESTED_CRASH", () -> in("recovery.TailSettler", "settle").withoutCall("force")),
    /** A header that only the page cache holds is not written again before frames name it. */
    SLOT_NOT_WRITTEN_AGAIN(
            "FAILED_FORCE", () -> in("recovery.Recovery$Opening", "settle").withoutCall("write")),
    /** A new file gets its name before it is durable. */
    CREATED_FILE_NOT_FORCED(
            "CRASH", () -> in("recovery.StoreCreation", "run").withoutCall("force")),
    /** An image is renamed before it is durable. */
    IMAGE_NOT_FORCED("CRASH", () -> in("index.ImageWriter", "write").withoutCall("force")),
    /** walOffset moves before the image has its name for good. */
    RENAME_NOT_FORCED(
            "CRASH", () -> in("index.ImageWriter", "write").withoutCall("forceDirectory")),
    /** Whatever breaks off is torn, be it proven durable or not. */
    DAMAGE_TAKEN_FOR_A_TEAR(
            "DamageTests", () -> in("recovery.TailJudge", "judge").withoutCall("max")),
    /** The last batch gets no witness: damage there looks torn. */
    NO_HEADER_WHEN_IDLE("DamageTests", () -> in("Writer", "idle").returnsAtOnce()),
    /** What a reader gets from the file is not checked. */
    RECORDS_NOT_CHECKED(
            "DamageTests", () -> in("log.Reader", "isIntact").withNumbersTakenForEqual()),
    /** What is read of the version before an update is not checked. */
    HEADS_NOT_CHECKED(
            "log.HeadReaderTests",
            () -> in("log.HeadReader", "isIntact").withNumbersTakenForEqual()),
    /** What a replay gets from the file is not checked. */
    FRAMES_NOT_CHECKED("CRASH", () -> in("log.FrameReader", "verified").withNumbersTakenForEqual()),
    /** Any frame is taken for the next one. */
    NO_CHAIN("SpliceTests", () -> in("log.FrameChain", "problemOf").returnsAtOnce()),
    /** History may have been cut short, and nobody can tell by the epoch. */
    EPOCH_STAYS(
            "IntervalDurabilityTests",
            () -> in("recovery.Recovery$Opening", "reached").withoutCall("isInterval", 1)),
    /** Who comes while there is no space waits for the next failure. */
    FULL_STORE_KEEPS_TRYING("NoSpaceTests", () -> in("Space", "isFull").returnsAtOnce()),
    /** Transactions do not notice one another. */
    NO_CONFLICTS("SCHEDULE", () -> in("GroupCommit", "require").returnsAtOnce()),
    /** Transactions of one batch do not notice one another. */
    NO_CONFLICTS_IN_A_BATCH(
            "SCHEDULE", () -> in("GroupCommit", "lambda$take$0").withoutCall("add")),
    /** Commit times follow the clock, also when it steps back. */
    TIME_STEPS_BACK("MODEL", () -> in("CommitClock", "stamp").withFirstArgumentOf("max")),
    /** Commits are stamped at instants that were answered already. */
    FLOOR_IGNORED("SCHEDULE", () -> in("CommitClock", "await").withoutCall("accumulateAndGet")),
    /** Those who wait for a batch are not woken. */
    LOST_WAKE_UP("SCHEDULE", () -> in("CommitClock", "settled").withoutCall("raise")),
    /** Records name words that no dictionary in the file has. */
    WORDS_NOT_WRITTEN(
            "MODEL", () -> in("log.FrameAppender", "append").withoutCall("appendDictionary")),
    /** The header does not tell the newest dictionary. */
    DICTIONARY_NOT_PUBLISHED(
            "CRASH", () -> in("Writer", "lambda$publish$0").withoutCall("tagDictOffset")),
    /** Living entities are not counted. */
    ENTITIES_NOT_COUNTED("MODEL", () -> in("GroupCommit", "apply").withoutCall("addEntities")),
    /** Two processes write the same file. */
    NO_LOCK("DamageTests", () -> in("LogStorageEngine", "acquireLock").returnsAtOnce());

    private final String catcher;
    private final Supplier<Planting> planting;

    PlantedBug(String catcher, Supplier<Planting> planting) {
        this.catcher = catcher;
        this.planting = planting;
    }

    /** An instrument of the planted harness, or a class of tests of the engine. */
    String catcher() {
        return catcher;
    }

    /** Plants it anew. */
    Planting planting() {
        return planting.get();
    }
}
