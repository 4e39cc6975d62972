package io.entitydb.storage.log;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.LittleEndian;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads the parts of a record one after the other and never beyond its end, whatever the bytes say.
 */
public final class RecordBody {

    private static final int MAX_VARINT_BYTES = 5;

    /** Stands for bytes that are no UTF-8, or for itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String file;
    private final long position;
    private final byte[] record;
    private int at;

    /**
     * The part of a record from an offset on.
     *
     * @param file name for messages
     * @param position of the record in the file, for messages
     */
    RecordBody(String file, long position, byte[] record, int from) {
        this.file = file;
        this.position = position;
        this.record = record;
        at = Objects.checkIndex(from, record.length + 1);
    }

    /** An error that names this record. */
    CorruptDataException corrupt(String reason) {
        return new CorruptDataException(file, position, reason);
    }

    int readByte() {
        return Byte.toUnsignedInt(record[next(Byte.BYTES)]);
    }

    int readShort() {
        int from = next(Short.BYTES);
        return Byte.toUnsignedInt(record[from]) | Byte.toUnsignedInt(record[from + 1]) << Byte.SIZE;
    }

    int readInt() {
        return LittleEndian.intAt(record, next(Integer.BYTES));
    }

    long readLong() {
        return LittleEndian.longAt(record, next(Long.BYTES));
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
        int from = next(bytes);
        String text = new String(record, from, bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, record, from, from + bytes)) {
                throw corrupt("text is not UTF-8");
            }
        }
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

    /** Whether text follows that is the expected one; passes over it. */
    boolean readsText(int bytes, String expected) {
        int from = at;
        if (bytes != expected.length()) {
            return readText(bytes).equals(expected);
        }
        next(bytes);
        for (int i = 0; i < bytes; i++) {
            byte next = record[from + i];
            if (next < 0) {
                at = from;
                return readText(bytes).equals(expected);
            }
            if (next != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text of less than 256 bytes follows here that follows elsewhere too. */
    boolean readsSameText(RecordBody other) {
        int bytes = readByte();
        int from = next(bytes);
        int otherBytes = other.readByte();
        int otherFrom = other.next(otherBytes);
        return Arrays.equals(
                record, from, from + bytes, other.record, otherFrom, otherFrom + otherBytes);
    }

    /** Passes over a word. */
    void skipWord() {
        if (readVarint() == TagDictionary.LITERAL) {
            skip(readVarint());
        }
    }

    void skip(int bytes) {
        next(bytes);
    }

    /** Index within the record of what is read next. */
    int index() {
        return at;
    }

    /** Passes over some bytes; the index of the first. */
    private int next(int bytes) {
        int from = at;
        if (bytes < 0 || bytes > record.length - from) {
            throw corrupt("record ends within its parts");
        }
        at = from + bytes;
        return from;
    }
}
