package io.entitydb.backup;

import io.entitydb.storage.io.DiskFile;

import java.io.InputStream;
import java.util.Objects;

/** The bytes of a file, one after the other. Closes the file. Serves one thread. */
final class BackupStream extends InputStream {

    private final DiskFile file;
    private final long length;
    private long position;

    BackupStream(DiskFile file, long length) {
        this.file = file;
        this.length = length;
        file.map(length);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        if (position >= length) {
            return -1;
        }
        int count = (int) Math.min(wanted, length - position);
        file.read(position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long wanted) {
        long count = Math.clamp(wanted, 0, length - position);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, length - position);
    }

    @Override
    public void close() {
        file.close();
    }
}
