package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import java.util.Map;
import java.util.TreeMap;

/** Reads the log once to find out which versions go by the rules. Serves one thread. */
final class RetentionScan {

    private final OpenStore store;
    private final Retention retention;
    private final FrameChain border;
    private final long now;
    private final RetentionCheck check;
    private final Map<String, RetentionPlan.Part> parts = new TreeMap<>();

    RetentionScan(OpenStore store, Retention retention) {
        this.store = store;
        this.retention = retention;
        border = store.published().durable();
        now = Math.max(store.settings().disk().now(), border.commitTime());
        check = new RetentionCheck(retention, store, border.sequence(), now);
    }

    /**
     * The plan.
     *
     * @param progress is told how far it is; may throw to end the scan
     * @throws CorruptDataException if something does not verify
     */
    RetentionPlan run(Progress progress) {
        FrameReader frames =
                new FrameReader(
                        store.parts().file(),
                        store.parts().headerSync().current().identity(),
                        store.reader().erasing());
        long position = retention.rules().isEmpty() ? border.position() : Header.DATA_OFFSET;
        while (position < border.position()) {
            FrameHeader header = frames.peek(position, border.position());
            if (header == null) {
                throw new CorruptDataException(StoreFiles.DATA, position, "no frame");
            }
            if (header.isTransaction()) {
                take(frames, position);
            }
            position = header.end();
            progress.at("retention", position, border.position());
        }
        return new RetentionPlan(retention, border.sequence(), new Timestamp(now), parts);
    }

    private void take(FrameReader frames, long position) {
        switch (frames.readSettled(position, border.position())) {
            case FrameRead.Broken broken ->
                    throw new CorruptDataException(StoreFiles.DATA, position, broken.reason());
            case FrameRead.Intact(var frame) -> frame.versions().forEach(this::take);
        }
    }

    private void take(VersionRecord version) {
        EntityKey key = version.key(store.reader().dictionary());
        VersionRecord next = check.successorOfRetired(key, version);
        if (next != null) {
            parts.merge(
                    key.dataset(),
                    new RetentionPlan.Part(
                            1,
                            version.end() - version.position(),
                            next.sequence(),
                            new Timestamp(next.commitTime())),
                    RetentionPlan.Part::sum);
        }
    }
}
