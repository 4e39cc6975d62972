package io.entitydb.storage.log;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.LittleEndian;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Reads versions to see what they say of themselves, without keeping the content that stands in
 * their records. The checksum is taken of the whole record, in memory that is used again.
 */
final class HeadReader {

    /** Longest record that is read here; of longer ones there are few. */
    private static final int MAX_BYTES = 8 << 10;

    private final DiskFile file;
    private final Spares<Scratch> spares;

    HeadReader(DiskFile file, Checksum checksum) {
        this.file = file;
        spares = new Spares<>(() -> new Scratch(new byte[MAX_BYTES], checksum.copy()));
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Scratch(byte[] bytes, Checksum checksum) {}

    /**
     * The version at a position, cut behind its head.
     *
     * @param readableBytes how much of the file is mapped
     * @return null if it is too long, or anything about it is not as it should be
     */
    @Nullable VersionRecord read(long position, long readableBytes) {
        if (position > readableBytes - RecordLayout.BODY) {
            return null;
        }
        Scratch scratch = spares.take();
        byte[] bytes = scratch.bytes();
        file.read(position, bytes, 0, Long.BYTES);
        int length = LittleEndian.intAt(bytes, RecordLayout.LENGTH);
        RawRecord head = null;
        if (length >= RecordLayout.BODY
                && length <= MAX_BYTES
                && length % FrameLayout.ALIGNMENT == 0
                && position <= readableBytes - length) {
            file.read(position, bytes, 0, length);
            head = head(position, length, scratch);
        }
        spares.give(scratch);
        return head == null ? null : head.asVersion();
    }

    private static boolean isIntact(long position, int length, Scratch scratch) {
        return LittleEndian.intAt(scratch.bytes(), RecordLayout.CRC)
                == scratch.checksum().ofRecord(position, scratch.bytes(), 0, length);
    }

    private @Nullable RawRecord head(long position, int length, Scratch scratch) {
        byte[] bytes = scratch.bytes();
        if (!isIntact(position, length, scratch)) {
            return null;
        }
        long content =
                bytes[RecordLayout.CONTENT_FORM] == ContentForm.INLINE
                        ? LittleEndian.longAt(bytes, RecordLayout.CONTENT_LENGTH)
                        : 0;
        if (content < 0 || content > length - RecordLayout.BODY) {
            return null;
        }
        // Padding follows the content: up to seven bytes of it stay.
        byte[] head = Arrays.copyOf(bytes, length - (int) content);
        return new RawRecord(file.name(), position, head, length);
    }
}
