package io.entitydb.backup;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ReadOnlyFile;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The log that the parts of a chain make together, read as if it were one data file with the header
 * of its last part. Takes no writes.
 */
final class ChainFile implements ReadOnlyFile {

    private final List<Part> parts;
    private final byte[] headers = new byte[(int) Header.DATA_OFFSET];
    private final long size;

    /**
     * A part of the log.
     *
     * @param file where its frames stand behind a page of headers; closed with the chain
     * @param start position in the log of the first frame
     * @param end position in the log behind the last one
     */
    record Part(DiskFile file, long start, long end) {

        long inFile(long position) {
            return Header.DATA_OFFSET + position - start;
        }
    }

    ChainFile(List<Part> parts, Header header) {
        this.parts = List.copyOf(parts);
        size = header.dataEnd();
        HeaderPage page = new HeaderPage(headers);
        HeaderSlots.write(page, header);
        HeaderSlots.write(page, header.withGeneration(header.generation() - 1));
        this.parts.forEach(part -> part.file().map(part.inFile(part.end())));
    }

    @Override
    public String name() {
        return parts.getLast().file().name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void map(long wanted) {
        if (wanted > size) {
            throw beyond(wanted);
        }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (position < 0 || position > size - length) {
            throw beyond(position);
        }
        long at = position;
        int to = offset;
        int left = length;
        while (left > 0) {
            int done =
                    at < Header.DATA_OFFSET
                            ? header(at, target, to, left)
                            : part(at, target, to, left);
            at += done;
            to += done;
            left -= done;
        }
    }

    private int header(long position, byte[] target, int offset, int length) {
        int count = (int) Math.min(length, Header.DATA_OFFSET - position);
        System.arraycopy(headers, (int) position, target, offset, count);
        return count;
    }

    private int part(long position, byte[] target, int offset, int length) {
        for (Part part : parts) {
            if (position >= part.start() && position < part.end()) {
                int count = (int) Math.min(length, part.end() - position);
                part.file().read(part.inFile(position), target, offset, count);
                return count;
            }
        }
        throw beyond(position);
    }

    private StorageIoException beyond(long position) {
        return new StorageIoException(
                "read " + name() + " at " + position, new EOFException("no part holds this"));
    }

    @Override
    public void close() {
        parts.forEach(part -> part.file().close());
    }

    /** Takes the header slots. */
    private static final class HeaderPage implements DiskFile {

        private final byte[] bytes;

        private HeaderPage(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String name() {
            return "headers";
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            source.get(bytes, (int) position, source.remaining());
        }

        @Override
        public void force() {}

        @Override
        public void map(long size) {}

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            System.arraycopy(bytes, (int) position, target, offset, length);
        }

        @Override
        public void close() {}
    }
}
