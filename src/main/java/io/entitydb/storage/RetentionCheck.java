package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.repair.Retiring;

import org.jspecify.annotations.Nullable;

/**
 * Decides by one state at one moment which versions are retired, so that of each entity these are
 * the oldest ones, whatever is committed meanwhile. Serves one thread.
 */
final class RetentionCheck implements Retiring {

    private final Retention retention;
    private final OpenStore store;
    private final EngineSnapshot snapshot;
    private final long now;

    /**
     * A check.
     *
     * @param sequence the transaction after which the state is
     * @param now the moment, in nanoseconds since 1970
     */
    RetentionCheck(Retention retention, OpenStore store, long sequence, long now) {
        this.retention = retention;
        this.store = store;
        this.now = now;
        snapshot = new EngineSnapshot(store, sequence, Long.MAX_VALUE);
    }

    @Override
    public boolean isRetired(EntityKey key, VersionRecord version) {
        return successorOfRetired(key, version) != null;
    }

    /** The version that followed one that is retired; null if it is kept. */
    @Nullable VersionRecord successorOfRetired(EntityKey key, VersionRecord version) {
        Retention.Rule rule = retention.rules().get(key.dataset());
        if (rule == null || version.sequence() > snapshot.sequence()) {
            return null;
        }
        VersionRecord newest = snapshot.newest(key);
        if (newest == null || newest.number() <= version.number()) {
            return null;
        }
        boolean isTooMany =
                rule.maxVersions() > 0 && newest.number() - version.number() >= rule.maxVersions();
        long horizon = rule.maxAge() == null ? Long.MIN_VALUE : now - rule.maxAge().toNanos();
        if (!isTooMany && version.commitTime() > horizon) {
            return null;
        }
        VersionRecord next =
                store.chain().newest(newest, stamp -> stamp.number() <= version.number() + 1);
        if (next == null || next.number() != version.number() + 1) {
            return null;
        }
        return isTooMany || next.commitTime() <= horizon ? next : null;
    }
}
