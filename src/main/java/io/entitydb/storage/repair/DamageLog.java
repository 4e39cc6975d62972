package io.entitydb.storage.repair;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong with a file while its history was read. Serves one thread. */
final class DamageLog {

    /** Most parts that are shown; all are kept. */
    static final int MAX_SHOWN = 1000;

    private final List<DamagedPart> parts = new ArrayList<>();
    private long tailBytes;

    void add(long position, long end, String reason) {
        parts.add(new DamagedPart(position, end, reason));
    }

    /** Bytes behind the last frame that nothing vouches for. */
    void torn(long bytes) {
        tailBytes = bytes;
    }

    /** Whether a position lies in a damaged part. Parts were told in the order of the file. */
    boolean isDamaged(long position) {
        int low = 0;
        int high = parts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            DamagedPart part = parts.get(middle);
            if (part.contains(position)) {
                return true;
            }
            if (part.position() < position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    List<DamagedPart> shown() {
        return List.copyOf(parts.subList(0, Math.min(MAX_SHOWN, parts.size())));
    }

    int count() {
        return parts.size();
    }

    long tailBytes() {
        return tailBytes;
    }
}
