package io.entitydb.web.entities;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.HistoryRange;

import java.util.List;

/**
 * Finds the version since which the content of an entity, bytes and media type, is as it is, by
 * reading versions backward, a bounded number of them, as far as they are kept.
 *
 * <p>A deletion that was taken back is no break: restoring goes on with the life before, as the
 * times of the tags do.
 */
final class ContentOrigin {

    private static final int STEP = 100;

    private final Entity newest;
    private Entity oldest;

    /** Whether the version before is the deletion that the oldest one took back. */
    private boolean isTombstoneNext;

    private ContentOrigin(Entity entity) {
        newest = entity;
        oldest = entity;
        isTombstoneNext = isRestored(entity);
    }

    /**
     * The origin of the content of a version.
     *
     * @param maxVersions how many versions before it are read, rounded up to hundreds
     */
    static BlameDocument.Origin of(Entity entity, EntityRepository repository, int maxVersions) {
        ContentOrigin search = new ContentOrigin(entity);
        long next = entity.version().number() - 1;
        boolean isFound = next == 0;
        boolean isKept = true;
        for (int read = 0; read < maxVersions && isKept && !isFound; read += STEP) {
            List<Entity> versions =
                    repository.history(entity.key(), new HistoryRange(next, false, STEP));
            next -= versions.size();
            isFound = versions.stream().anyMatch(search::isBreak) || next == 0;
            isKept = !versions.isEmpty();
        }
        return isFound
                ? BlameDocument.Origin.of(search.oldest)
                : BlameDocument.Origin.atLatest(search.oldest);
    }

    /** Takes the version before those that were taken; tells whether it had another content. */
    private boolean isBreak(Entity version) {
        if (isTombstoneNext && version.version().kind() == ChangeKind.DELETE) {
            isTombstoneNext = false;
            return false;
        }
        if (version.isDeleted() || !version.content().equals(newest.content())) {
            return true;
        }
        oldest = version;
        isTombstoneNext = isRestored(version);
        return false;
    }

    private static boolean isRestored(Entity version) {
        return version.version().kind() == ChangeKind.RESTORE;
    }
}
