package io.entitydb.query;

/**
 * One level of an order.
 *
 * @param field what is compared
 * @param isDescending whether the greatest comes first
 */
public record SortKey(Field field, boolean isDescending) {

    /** What entities can be ordered by. */
    public enum Field {
        /** Commit time of the version that began the entity's life. */
        CREATED_AT,
        /** Commit time of the version that is shown. */
        UPDATED_AT,
        /** The id, by its bytes of UTF-8. */
        ID
    }
}
