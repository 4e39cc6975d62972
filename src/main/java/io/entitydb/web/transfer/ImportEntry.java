package io.entitydb.web.transfer;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

/**
 * A line of an import that could be read.
 *
 * @param line its number
 * @param bytes its length
 * @param key the entity
 * @param draft what the entity shall be; null if it shall be deleted
 * @param position which version of the entity the line stands for; 0 if the newest, {@value
 *     VersionRun#NOTHING} if none
 */
record ImportEntry(
        long line, int bytes, EntityKey key, @Nullable EntityDraft draft, long position) {

    /** The same line, standing for a certain version. */
    ImportEntry at(long version) {
        return new ImportEntry(line, bytes, key, draft, version);
    }

    /** Whether a version is what the line says. */
    boolean isShownBy(Entity version) {
        if (version.isErased()) {
            return false;
        }
        if (draft == null || version.isDeleted()) {
            return draft == null && version.isDeleted();
        }
        return version.tags().keySet().equals(draft.tags())
                && version.content().equals(draft.content());
    }
}
