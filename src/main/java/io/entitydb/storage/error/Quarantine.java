package io.entitydb.storage.error;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The damaged places that are known in the files of an open store, each once, whoever found it.
 *
 * <p>It keeps at most {@value #MAX_PLACES} of them, the first ones found: what is damaged further
 * fails its checksum when it is read, listed or not. It lives as long as the store is open.
 * Thread-safe; reading takes no lock.
 */
public final class Quarantine {

    /** Most places kept; bounds the memory that damage can cost. */
    public static final int MAX_PLACES = 1024;

    private final ConcurrentSkipListMap<Place, DamagedPlace> places = new ConcurrentSkipListMap<>();

    /** Changed under this object's lock only. */
    private volatile int count;

    private volatile boolean isComplete = true;

    private record Place(String file, long position) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byFile = file.compareTo(other.file);
            return byFile != 0 ? byFile : Long.compare(position, other.position);
        }
    }

    /**
     * Adds a place; one that begins where a known one does adds to what is known of that.
     *
     * @return whether it was not known and is from here on
     */
    public synchronized boolean add(DamagedPlace place) {
        Place at = new Place(place.file(), place.position());
        DamagedPlace known = places.get(at);
        if (known != null) {
            places.put(at, known.with(place));
            return false;
        }
        if (count == MAX_PLACES) {
            isComplete = false;
            return false;
        }
        places.put(at, place);
        count = places.size();
        return true;
    }

    /** Whether nothing damaged is known. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** How many places are kept. */
    public int count() {
        return count;
    }

    /** Whether there was room for all that was found. */
    public boolean isComplete() {
        return isComplete;
    }

    /** The places that are kept, in the order of files and positions. */
    public List<DamagedPlace> places() {
        return isEmpty() ? List.of() : List.copyOf(places.values());
    }

    /** A place that covers a position; null if none is known. */
    public @Nullable DamagedPlace at(String file, long position) {
        if (isEmpty()) {
            return null;
        }
        for (DamagedPlace place :
                places.headMap(new Place(file, position), true).descendingMap().values()) {
            if (place.file().equals(file) && place.covers(position)) {
                return place;
            }
        }
        return null;
    }
}
