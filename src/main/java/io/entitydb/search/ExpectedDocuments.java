package io.entitydb.search;

import io.entitydb.entity.Entity;

import org.jspecify.annotations.Nullable;

/** Which documents an index should hold, version by version; the counterpart of SearchIndex. */
final class ExpectedDocuments {

    private ExpectedDocuments() {}

    /** Is told of documents that come and go. */
    @FunctionalInterface
    interface Change {

        /**
         * Takes one document.
         *
         * @param followedBy the transaction that wrote the following version; null for the document
         *     of a newest version
         * @param isAdded whether it comes, and not goes
         */
        void document(Entity entity, @Nullable Long followedBy, boolean isAdded);
    }

    /**
     * What a version changes.
     *
     * @param previous the newest version before it that is left; null if there is none
     */
    static void of(Entity version, @Nullable Entity previous, Change change) {
        if (previous != null && !previous.isErased()) {
            change.document(previous, null, false);
            if (!version.isErased()) {
                change.document(previous, version.version().transaction(), true);
            }
        }
        if (!version.isErased()) {
            change.document(version, null, true);
        }
    }

    /** The hash of a document. */
    static long hash(Entity entity, @Nullable Long followedBy) {
        return FieldHash.of(
                followedBy == null
                        ? Documents.current(entity)
                        : Documents.past(entity, followedBy));
    }
}
