package io.entitydb.storage.log;

import io.entitydb.storage.error.CorruptDataException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the parts of a record one after the other and never beyond its end, whatever the bytes say.
 */
public final class RecordBody {

    private static final int MAX_VARINT_BYTES = 5;

    /** Stands for bytes that are no UTF-8, or for itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String file;
    private final long position;
    private final ByteBuffer buffer;

    /**
     * The part of a record from an offset on.
     *
     * @param file name for messages
     * @param position of the record in the file, for messages
     */
    RecordBody(String file, long position, byte[] record, int from) {
        this.file = file;
        this.position = position;
        buffer = ByteBuffer.wrap(record, from, record.length - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An error that names this record. */
    CorruptDataException corrupt(String reason) {
        return new CorruptDataException(file, position, reason);
    }

    int readByte() {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(buffer.get());
    }

    int readShort() {
        require(Short.BYTES);
        return Short.toUnsignedInt(buffer.getShort());
    }

    int readInt() {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long readLong() {
        require(Long.BYTES);
        return buffer.getLong();
    }

    /** A non-negative number in groups of seven bits, the lowest first. */
    int readVarint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int next = readByte();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw corrupt("malformed number");
    }

    /** Text that is written again with the same bytes. */
    String readText(int bytes) {
        require(bytes);
        int from = buffer.arrayOffset() + buffer.position();
        String text = new String(buffer.array(), from, bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, buffer.array(), from, from + bytes)) {
                throw corrupt("text is not UTF-8");
            }
        }
        skip(bytes);
        return text;
    }

    /** A word by its number, or written out. */
    String readWord(TagDictionary dictionary) {
        int number = readVarint();
        if (number == TagDictionary.LITERAL) {
            return readText(readVarint());
        }
        String word = dictionary.wordOf(number);
        if (word == null) {
            throw corrupt("dictionary has no word " + number);
        }
        return word;
    }

    void skip(int bytes) {
        require(bytes);
        buffer.position(buffer.position() + bytes);
    }

    /** Index within the record of what is read next. */
    int index() {
        return buffer.position();
    }

    private void require(int bytes) {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw corrupt("record ends within its parts");
        }
    }
}
