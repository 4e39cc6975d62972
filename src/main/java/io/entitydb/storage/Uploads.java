package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageBusyException;

import java.util.HashSet;
import java.util.Set;

/**
 * The contents that an open store is receiving: only so many at once, and none of an entity that is
 * being erased. Thread-safe.
 */
final class Uploads {

    private final OpenStore store;
    private final UploadOptions options;
    private final Set<EngineUpload> open = new HashSet<>();

    Uploads(OpenStore store) {
        this.store = store;
        options = store.settings().options().uploads();
    }

    /**
     * Begins to receive a content.
     *
     * @throws StorageBusyException if too many are under way
     * @throws VersionConflictException if the entity is being erased
     */
    synchronized EngineUpload begin(EntityKey key) {
        if (open.size() >= options.most()) {
            throw StorageBusyException.ofUploads(options.most());
        }
        if (store.reader().erasing().isErasing(key)) {
            throw EngineUpload.erased(key);
        }
        EngineUpload upload = new EngineUpload(store, key, options.pieceBytes());
        open.add(upload);
        return upload;
    }

    synchronized void ended(EngineUpload upload) {
        open.remove(upload);
    }

    /** What was received for an entity must not be used any more: it is going to be erased. */
    synchronized void revoke(EntityKey key) {
        open.stream().filter(upload -> upload.key().equals(key)).forEach(EngineUpload::revoke);
    }
}
