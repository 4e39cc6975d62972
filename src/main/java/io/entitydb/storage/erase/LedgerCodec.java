package io.entitydb.storage.erase;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/** The bytes of the ledger's header and entries. */
@SuppressWarnings("ByteBufferBackingArray") // Every buffer wraps the whole of its array.
final class LedgerCodec {

    private final UUID storeId;

    LedgerCodec(UUID storeId) {
        this.storeId = storeId;
    }

    /** What an entry says. */
    sealed interface Line {

        /** Bytes of the entry. */
        int length();

        /** An entity is erased. */
        record Asked(int length, LedgerEntry entry) implements Line {}

        /**
         * Erasures were done.
         *
         * @param first number of the first
         * @param last number of the last
         * @param fileId the file in which they were
         */
        record Done(int length, long first, long last, UUID fileId) implements Line {}
    }

    ByteBuffer header() {
        ByteBuffer bytes = buffer(LedgerLayout.HEADER_BYTES);
        bytes.putInt(LedgerLayout.MAGIC, LedgerLayout.MAGIC_VALUE);
        bytes.putInt(LedgerLayout.FORMAT_VERSION, LedgerLayout.VERSION_VALUE);
        bytes.putLong(LedgerLayout.STORE_ID, storeId.getMostSignificantBits());
        bytes.putLong(LedgerLayout.STORE_ID + Long.BYTES, storeId.getLeastSignificantBits());
        bytes.putInt(LedgerLayout.CRC, headerCrc(bytes.array()));
        return bytes;
    }

    /** Checksum of a header. */
    static int headerCrc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, LedgerLayout.CRC);
        return (int) crc.getValue();
    }

    ByteBuffer asked(LedgerEntry entry, long position) {
        ByteBuffer bytes =
                begin(LedgerLayout.KIND_ERASURE, entry.number(), entry.at(), entry.version());
        putText(bytes, entry.key().dataset());
        putText(bytes, entry.key().id());
        putText(bytes, entry.principal());
        return end(bytes, position);
    }

    ByteBuffer done(long first, long last, UUID fileId, long at, long position) {
        ByteBuffer bytes = begin(LedgerLayout.KIND_DONE, last, at, first);
        bytes.putLong(fileId.getMostSignificantBits());
        bytes.putLong(fileId.getLeastSignificantBits());
        return end(bytes, position);
    }

    /**
     * The entry at an index of the file's bytes.
     *
     * @return null if there is none
     */
    @Nullable Line decode(byte[] file, int at) {
        if (at > file.length - LedgerLayout.ENTRY_BODY) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.getInt(at + LedgerLayout.ENTRY_LENGTH);
        if (length < LedgerLayout.ENTRY_BODY
                || length > Math.min(LedgerLayout.MAX_ENTRY_BYTES, file.length - at)
                || length % LedgerLayout.ALIGNMENT != 0
                || bytes.getInt(at + LedgerLayout.ENTRY_CRC) != entryCrc(file, at, length)) {
            return null;
        }
        ByteBuffer entry = bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
        entry.position(LedgerLayout.ENTRY_BODY);
        try {
            return switch (entry.getInt(LedgerLayout.ENTRY_KIND)) {
                case LedgerLayout.KIND_ERASURE -> decodeAsked(entry);
                case LedgerLayout.KIND_DONE ->
                        new Line.Done(
                                length,
                                entry.getLong(LedgerLayout.ENTRY_VERSION),
                                entry.getLong(LedgerLayout.ENTRY_NUMBER),
                                new UUID(entry.getLong(), entry.getLong()));
                default -> null;
            };
        } catch (EntityDbException | BufferUnderflowException e) {
            return null;
        }
    }

    private static Line decodeAsked(ByteBuffer entry) {
        EntityKey key = new EntityKey(text(entry), text(entry));
        return new Line.Asked(
                entry.capacity(),
                new LedgerEntry(
                        entry.getLong(LedgerLayout.ENTRY_NUMBER),
                        key,
                        entry.getLong(LedgerLayout.ENTRY_VERSION),
                        entry.getLong(LedgerLayout.ENTRY_TIME),
                        text(entry)));
    }

    private static String text(ByteBuffer entry) {
        byte[] bytes = new byte[Byte.toUnsignedInt(entry.get())];
        entry.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer begin(int kind, long number, long at, long version) {
        return buffer(LedgerLayout.MAX_ENTRY_BYTES)
                .putInt(LedgerLayout.ENTRY_KIND, kind)
                .putLong(LedgerLayout.ENTRY_NUMBER, number)
                .putLong(LedgerLayout.ENTRY_TIME, at)
                .putLong(LedgerLayout.ENTRY_VERSION, version)
                .position(LedgerLayout.ENTRY_BODY);
    }

    private ByteBuffer end(ByteBuffer bytes, long position) {
        int length = (bytes.position() + LedgerLayout.ALIGNMENT - 1) & -LedgerLayout.ALIGNMENT;
        bytes.putInt(LedgerLayout.ENTRY_LENGTH, length);
        bytes.putInt(LedgerLayout.ENTRY_CRC, crc(bytes.array(), 0, length, position));
        return bytes.position(0).limit(length);
    }

    private int entryCrc(byte[] file, int at, int length) {
        return crc(file, at, length, at);
    }

    private int crc(byte[] bytes, int at, int length, long position) {
        ByteBuffer seed =
                buffer(LedgerLayout.UUID_BYTES + Long.BYTES)
                        .putLong(storeId.getMostSignificantBits())
                        .putLong(storeId.getLeastSignificantBits())
                        .putLong(position);
        CRC32C crc = new CRC32C();
        crc.update(seed.array());
        crc.update(bytes, at, LedgerLayout.ENTRY_CRC);
        crc.update(bytes, at + LedgerLayout.ENTRY_KIND, length - LedgerLayout.ENTRY_KIND);
        return (int) crc.getValue();
    }

    private static void putText(ByteBuffer bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.put((byte) utf8.length).put(utf8);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
