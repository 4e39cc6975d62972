package io.entitydb.storage;

import io.entitydb.entity.LogPoint;
import io.entitydb.entity.StoreCheck;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.recovery.RecoveredStore;
import io.entitydb.storage.repair.Progress;
import io.entitydb.storage.repair.ScrubPass;
import io.entitydb.storage.repair.ScrubPoint;
import io.entitydb.storage.repair.ScrubProgress;
import io.entitydb.storage.repair.ScrubStep;
import io.entitydb.temporal.Timestamp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log of an open store once, as a {@link Scrubber} does, on the thread of the caller and
 * without pauses. Serves one thread.
 */
final class WholeCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OpenStore store;
    private final List<StoreCheck.Place> places = new ArrayList<>();
    private long findings;

    WholeCheck(OpenStore store) {
        this.store = store;
    }

    /** Checks what is published now. */
    StoreCheck run(Progress progress) {
        RecoveredStore parts = store.parts();
        Header header = parts.headerSync().current();
        FileIdentity identity = header.identity();
        ScrubPass pass =
                new ScrubPass(
                        new ScrubPass.Source(parts.file(), identity, parts.reader(), parts.index()),
                        ScrubPoint.start(identity, ScrubProgress.NONE),
                        this::found);
        boolean isCertain = false;
        for (ScrubStep step = pass.step(header.dataEnd(), false);
                !(step instanceof ScrubStep.AtLimit);
                step = pass.step(header.dataEnd(), isCertain)) {
            isCertain = step instanceof ScrubStep.Doubtful;
            if (isCertain) {
                settle();
            }
            progress.at("verification", pass.position(), header.dataEnd());
        }
        pass.compareIndex();
        return new StoreCheck(
                pass.position(),
                new LogPoint(
                        header.walSequence(),
                        new Timestamp(header.lastModified()),
                        header.lastDigest()),
                findings,
                places);
    }

    /** Returns when no record is half overwritten that was before. */
    private void settle() {
        if (!store.isReadOnly() && !store.writer().isPoisoned()) {
            store.writer().call(() -> true, PATIENCE);
        }
    }

    private void found(DamagedPlace place) {
        findings++;
        store.scrubFound(place);
        if (places.size() < StoreCheck.MAX_PLACES) {
            places.add(
                    new StoreCheck.Place(
                            place.file(),
                            place.position(),
                            place.length(),
                            place.part().label(),
                            place.key(),
                            place.sequence()));
        }
    }
}
