package io.entitydb.storage.config;

import io.entitydb.entity.Digest;
import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCounters;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Figures of a store in good health, and of the same store with one of them changed. */
public final class StatusFixture {

    /** The secret that nobody may see. */
    public static final UUID SECRET = UUID.fromString("5ec2e700-5ec2-4e70-8ec2-e7005ec2e700");

    private StoreState state = new StoreState.Ready();
    private @Nullable Header header = header();
    private HeaderCounters counters = new HeaderCounters(90, 0, 70, 0, 12, 0, 0, 100, 4, 5_000_000);
    private EngineStatus.SlotsValid slots = new EngineStatus.SlotsValid(true, true);
    private long tailBytes = 4096;
    private EngineStatus.WriterStatus writer =
            new EngineStatus.WriterStatus(true, false, 0, 4096, 0, 17);
    private long damagedVersions;
    private EngineStatus.Quarantined quarantined = EngineStatus.Quarantined.NONE;
    private @Nullable RecoveryReport recovery = recovery(null);

    private StatusFixture() {}

    /** A ready store. */
    public static StatusFixture ready() {
        return new StatusFixture();
    }

    /** A store that was never open. */
    public static StatusFixture notOpen(StoreState state) {
        StatusFixture fixture = new StatusFixture().state(state).header(null).slots(false, false);
        fixture.counters = HeaderCounters.ZERO;
        fixture.recovery = null;
        fixture.tailBytes = 0;
        fixture.writer = new EngineStatus.WriterStatus(false, false, 0, 4096, 0, 0);
        return fixture;
    }

    /** A report of recovery. */
    public static RecoveryReport recovery(RecoveryReport.@Nullable Damage damage) {
        return new RecoveryReport(
                damage == null ? RecoveryReport.Outcome.RECOVERED : RecoveryReport.Outcome.DAMAGED,
                7,
                2,
                false,
                31,
                8192,
                64,
                true,
                damage,
                12_000_000);
    }

    private static Header header() {
        return new Header(
                7,
                new FileIdentity(new UUID(0, 1), 1_000_000_000L, new UUID(0, 2), SECRET),
                false,
                1,
                16L << 20,
                12_288,
                8192,
                42,
                40,
                8192,
                128,
                17,
                2_000_000_000L,
                Digest.ZERO);
    }

    /** In this state. */
    public StatusFixture state(StoreState value) {
        state = value;
        return this;
    }

    /** With this header, or none. */
    public StatusFixture header(@Nullable Header value) {
        header = value;
        return this;
    }

    /** With these counts of checks of walOffset. */
    public StatusFixture walOffsetChecks(long valid, long invalid) {
        counters = new HeaderCounters(valid, invalid, 70, 0, 12, 0, 0, 100, 4, 5_000_000);
        return this;
    }

    /** With these slots verified. */
    public StatusFixture slots(boolean a, boolean b) {
        slots = new EngineStatus.SlotsValid(a, b);
        return this;
    }

    /** With this much log since the last checkpoint; the next one begins at 1,000,000 bytes. */
    public StatusFixture tailBytes(long value) {
        tailBytes = value;
        return this;
    }

    /** With this writer. */
    public StatusFixture writer(boolean isAlive, boolean isPoisoned, long oldestPendingNanos) {
        int queued = oldestPendingNanos > 0 ? 3 : 0;
        writer =
                new EngineStatus.WriterStatus(
                        isAlive, isPoisoned, queued, 4096, oldestPendingNanos, 17);
        return this;
    }

    /** With so many damaged versions met. */
    public StatusFixture damagedVersions(long value) {
        damagedVersions = value;
        return this;
    }

    /** With these places known to be damaged. */
    public StatusFixture quarantined(DamagedPlace... places) {
        quarantined = new EngineStatus.Quarantined(List.of(places), true);
        return this;
    }

    /** With this report of recovery. */
    public StatusFixture recovered(RecoveryReport value) {
        recovery = value;
        return this;
    }

    /** The figures. */
    public EngineStatus build() {
        return new EngineStatus(
                state,
                header,
                counters,
                slots,
                header == null ? 0 : 43,
                header == null ? 0 : 42,
                tailBytes,
                1_000_000,
                writer,
                damagedVersions,
                quarantined,
                recovery);
    }
}
