package io.entitydb.storage.io;

import java.nio.ByteBuffer;

/** The bytes of one write call that no force has covered. Immutable. */
final class PendingWrite {

    private final long order;
    private final long position;
    private final byte[] bytes;

    /** Takes the remaining bytes of the source. */
    PendingWrite(long order, long position, ByteBuffer source) {
        this.order = order;
        this.position = position;
        this.bytes = new byte[source.remaining()];
        source.get(bytes);
    }

    /** Place among all writes of the disk. */
    long order() {
        return order;
    }

    long position() {
        return position;
    }

    int length() {
        return bytes.length;
    }

    long end() {
        return position + bytes.length;
    }

    void applyTo(PagedBytes image) {
        image.write(position, bytes, 0, bytes.length);
    }

    /** Applies what lies in a range of the file, which may reach beyond this write. */
    void applyTo(PagedBytes image, long from, long to) {
        long start = Math.max(from, position);
        long stop = Math.min(to, end());
        if (start < stop) {
            image.write(start, bytes, (int) (start - position), (int) (stop - start));
        }
    }
}
