package io.entitydb.storage;

import io.entitydb.storage.header.HeaderCounters;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.RecoveredStore;
import io.entitydb.storage.recovery.RecoveryFindings;

import org.jspecify.annotations.Nullable;

/** Puts what the parts know into the words of the engine's public face. */
final class Reports {

    private Reports() {}

    static RecoveryReport of(RecoveredStore recovered, long nanos) {
        RecoveryFindings findings = recovered.findings();
        int validSlots =
                (findings.slots().a().isValid() ? 1 : 0) + (findings.slots().b().isValid() ? 1 : 0);
        return new RecoveryReport(
                outcome(findings),
                recovered.headerSync().current().generation(),
                validSlots,
                findings.isIndexRebuilt() && !findings.isCreated(),
                findings.replayedTransactions(),
                findings.replayedBytes(),
                findings.discardedBytes(),
                findings.isTailSettled(),
                damage(recovered),
                nanos);
    }

    private static RecoveryReport.@Nullable Damage damage(RecoveredStore recovered) {
        String reason = recovered.findings().damage();
        AfterGap gap = recovered.afterGap();
        return reason == null || gap == null
                ? null
                : new RecoveryReport.Damage(
                        gap.position(), gap.before(), reason, gap.lost(), gap.lastSequence());
    }

    private static RecoveryReport.Outcome outcome(RecoveryFindings findings) {
        if (findings.damage() != null) {
            return RecoveryReport.Outcome.DAMAGED;
        }
        if (findings.isCreated()) {
            return RecoveryReport.Outcome.CREATED;
        }
        return findings.isTailSettled() || findings.replayedTransactions() > 0
                ? RecoveryReport.Outcome.RECOVERED
                : RecoveryReport.Outcome.CLEAN;
    }

    /** Why a store that was recovered takes no writes; null if it does. */
    static StoreState.@Nullable ReadOnly readOnly(
            RecoveryFindings findings, boolean isReadOnlyWanted) {
        if (findings.damage() != null) {
            return new StoreState.ReadOnly(StoreState.Reason.CORRUPTION, findings.damage());
        }
        if (findings.settleFailure() != null) {
            return new StoreState.ReadOnly(
                    StoreState.Reason.FORCE_FAILED, findings.settleFailure());
        }
        return isReadOnlyWanted
                ? new StoreState.ReadOnly(StoreState.Reason.MAINTENANCE, "opened read-only")
                : null;
    }

    static EngineStatus closed(StoreState phase, @Nullable RecoveryReport report) {
        return new EngineStatus(
                phase,
                null,
                HeaderCounters.ZERO,
                new EngineStatus.SlotsValid(false, false),
                0,
                0,
                0,
                0,
                new EngineStatus.WriterStatus(false, false, 0, 0, 0, 0),
                0,
                EngineStatus.Quarantined.NONE,
                report);
    }

    static EngineStatus status(OpenStore store, @Nullable RecoveryReport report) {
        RecoveredStore parts = store.parts();
        Writer writer = store.writer();
        Published published = store.published();
        return new EngineStatus(
                store.state(),
                parts.headerSync().current(),
                parts.headerSync().counters(),
                slotsValid(parts),
                published.border().sequence(),
                published.durable().sequence(),
                store.checkpoint().walBytes(),
                store.checkpoint().limitBytes(),
                new EngineStatus.WriterStatus(
                        writer.isAlive(),
                        writer.isPoisoned(),
                        writer.queued(),
                        store.settings().options().queueCapacity(),
                        writer.oldestPendingNanos(),
                        parts.headerSync().entityCount()),
                store.damaged(),
                EngineStatus.Quarantined.of(store.quarantine()),
                report);
    }

    /** A slot that was bad at the opening is good once the store has published over it. */
    private static EngineStatus.SlotsValid slotsValid(RecoveredStore parts) {
        long published = parts.headerSync().counters().published();
        RecoveryFindings findings = parts.findings();
        boolean isBothWritten = published >= 2;
        int lastSlot = parts.headerSync().current().slot();
        return new EngineStatus.SlotsValid(
                findings.slots().a().isValid() || isBothWritten || (published > 0 && lastSlot == 0),
                findings.slots().b().isValid()
                        || isBothWritten
                        || (published > 0 && lastSlot == 1));
    }
}
