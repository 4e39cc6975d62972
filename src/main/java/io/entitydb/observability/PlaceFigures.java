package io.entitydb.observability;

import io.entitydb.storage.error.DamagedPlace;

/**
 * What is shown of a damaged place: figures and names of parts, never the entity or a reason, which
 * may hold what clients stored.
 *
 * @param file name of the file, without its directory
 * @param position where it begins, in bytes
 * @param length how long it is, in bytes; 0 if that is not known
 * @param part what stands there
 * @param version number of the version concerned; 0 if that is not known
 * @param sequence transaction concerned; 0 if that is not known
 * @param finder who met it first
 * @param foundAt when, in nanoseconds since 1970
 */
record PlaceFigures(
        String file,
        long position,
        long length,
        String part,
        long version,
        long sequence,
        String finder,
        long foundAt) {

    static PlaceFigures of(DamagedPlace place) {
        return new PlaceFigures(
                place.file(),
                place.position(),
                place.length(),
                place.part().label(),
                place.version(),
                place.sequence(),
                place.finder().label(),
                place.foundAt());
    }
}
