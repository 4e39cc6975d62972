package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.repair.Retiring;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Decides by the state at one moment which versions are retired, so that of each entity these are
 * the oldest ones, whatever is committed meanwhile. Serves one thread.
 */
final class RetentionCheck implements Retiring {

    private final Retention retention;
    private final OpenStore store;
    private final EngineSnapshot snapshot;
    private final long now;

    RetentionCheck(Retention retention, OpenStore store) {
        this.retention = retention;
        this.store = store;
        snapshot = store.snapshot();
        now = Math.max(store.settings().disk().now(), store.published().border().commitTime());
    }

    @Override
    public boolean isRetired(EntityKey key, VersionRecord version) {
        Retention.Rule rule = retention.rules().get(key.dataset());
        if (rule == null || version.sequence() > snapshot.sequence()) {
            return false;
        }
        VersionRecord newest = snapshot.newest(key);
        if (newest == null || newest.number() <= version.number()) {
            return false;
        }
        return isTooMany(rule, version, newest) || isTooOld(rule.maxAge(), version, newest);
    }

    private static boolean isTooMany(
            Retention.Rule rule, VersionRecord version, VersionRecord newest) {
        return rule.maxVersions() > 0 && newest.number() - version.number() >= rule.maxVersions();
    }

    /** A version is in force until the next one is made. */
    private boolean isTooOld(
            @Nullable Duration maxAge, VersionRecord version, VersionRecord newest) {
        if (maxAge == null) {
            return false;
        }
        long horizon = now - maxAge.toNanos();
        if (version.commitTime() > horizon) {
            return false;
        }
        VersionRecord next =
                store.chain().newest(newest, stamp -> stamp.number() <= version.number() + 1);
        return next != null
                && next.number() == version.number() + 1
                && next.commitTime() <= horizon;
    }
}
