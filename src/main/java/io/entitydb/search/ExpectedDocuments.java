package io.entitydb.search;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

/** Which documents an index should hold, version by version; the counterpart of SearchIndex. */
final class ExpectedDocuments {

    private ExpectedDocuments() {}

    /** A document, without its fields. */
    sealed interface Expected {

        /** The newest version of an entity. */
        record Current(Entity entity) implements Expected {}

        /**
         * A version that another has followed.
         *
         * @param followedBy the transaction that wrote the following one
         */
        record Past(Entity entity, long followedBy) implements Expected {}

        /**
         * What stands for versions that the log does not hold any more.
         *
         * @param following the first version behind them
         */
        record Retired(Entity following) implements Expected {}

        /** The entity. */
        default EntityKey key() {
            return switch (this) {
                case Current(Entity entity) -> entity.key();
                case Past(Entity entity, long followedBy) -> entity.key();
                case Retired(Entity following) -> following.key();
            };
        }

        /** Number of the version. */
        default long version() {
            return switch (this) {
                case Current(Entity entity) -> entity.version().number();
                case Past(Entity entity, long followedBy) -> entity.version().number();
                case Retired(Entity following) -> following.version().number() - 1;
            };
        }

        /** The hash of the document. */
        default long hash() {
            return FieldHash.of(
                    switch (this) {
                        case Current(Entity entity) -> Documents.current(entity);
                        case Past(Entity entity, long followedBy) ->
                                Documents.past(entity, followedBy);
                        case Retired(Entity following) ->
                                Documents.retired(
                                        key(), version(), following.version().transaction());
                    });
        }
    }

    /** Is told of documents that come and go. */
    @FunctionalInterface
    interface Change {

        /**
         * Takes one document.
         *
         * @param isAdded whether it comes, and not goes
         */
        void document(Expected document, boolean isAdded);
    }

    /**
     * What a version changes.
     *
     * @param previous the newest version before it that is left; null if there is none
     */
    static void of(Entity version, @Nullable Entity previous, Change change) {
        if (previous != null && !previous.isErased()) {
            change.document(new Expected.Current(previous), false);
            if (!version.isErased()) {
                long followedBy = version.version().transaction();
                change.document(new Expected.Past(previous, followedBy), true);
            }
        }
        if (!version.isErased()) {
            change.document(new Expected.Current(version), true);
            if (previous == null && version.version().number() > 1) {
                change.document(new Expected.Retired(version), true);
            }
        }
    }
}
