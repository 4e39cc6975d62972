package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a check of the whole store found.
 *
 * @param bytes that were read
 * @param to the last transaction that was checked
 * @param findings places that do not verify
 * @param places the first of them, at most {@value #MAX_PLACES}
 */
public record StoreCheck(long bytes, LogPoint to, long findings, List<Place> places) {

    /** Most places that are listed; more are counted. */
    public static final int MAX_PLACES = 100;

    /** Copies the list. */
    public StoreCheck {
        places = List.copyOf(places);
    }

    /**
     * A place that does not verify.
     *
     * @param file name of the file
     * @param position where it begins, in bytes
     * @param length how long it is; 0 if that is not known
     * @param part what stands there
     * @param key the entity concerned; null if that is not known
     * @param transaction the transaction concerned; 0 if that is not known
     */
    public record Place(
            String file,
            long position,
            long length,
            String part,
            @Nullable EntityKey key,
            long transaction) {}
}
