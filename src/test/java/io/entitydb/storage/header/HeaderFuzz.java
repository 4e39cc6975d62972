package io.entitydb.storage.header;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.BytesFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads both header slots out of any bytes.
 *
 * <p><b>Shape of an input:</b> a byte of switches; the 256 bytes of slot A, then those of slot B.
 * What is missing is zeros, or is not in the file at all.
 */
public final class HeaderFuzz {

    private static final int REPAIRS_A = 1;
    private static final int REPAIRS_B = 2;
    private static final int ENDS_WITH_INPUT = 4;

    private HeaderFuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] file = file(input);
        HeaderSlots slots = HeaderSlots.read(new BytesFile(0, file));
        Header newest;
        try {
            newest = slots.newest();
        } catch (StorageException e) {
            return;
        }
        requireRoundTrip(newest, file);
    }

    /** Inputs that are accepted. */
    public static List<byte[]> seeds() {
        Header odd = Headers.golden();
        return List.of(input(odd.withGeneration(odd.generation() + 1), odd));
    }

    private static byte[] input(Header a, Header b) {
        byte[] input = new byte[1 + 2 * HeaderLayout.HEADER_BYTES];
        input[0] = REPAIRS_A | REPAIRS_B;
        System.arraycopy(HeaderCodec.encode(a), 0, input, 1, HeaderLayout.HEADER_BYTES);
        System.arraycopy(
                HeaderCodec.encode(b),
                0,
                input,
                1 + HeaderLayout.HEADER_BYTES,
                HeaderLayout.HEADER_BYTES);
        return input;
    }

    private static byte[] file(byte[] input) {
        byte[] file = new byte[(int) Header.DATA_OFFSET];
        int rest = input.length - 1;
        int inA = Math.min(rest, HeaderLayout.HEADER_BYTES);
        int inB = Math.min(rest - inA, HeaderLayout.HEADER_BYTES);
        System.arraycopy(input, 1, file, 0, inA);
        System.arraycopy(input, 1 + inA, file, HeaderLayout.SLOT_STRIDE, inB);
        if ((input[0] & REPAIRS_A) != 0) {
            repair(file, 0);
        }
        if ((input[0] & REPAIRS_B) != 0) {
            repair(file, HeaderLayout.SLOT_STRIDE);
        }
        boolean isShort = (input[0] & ENDS_WITH_INPUT) != 0;
        return isShort ? Arrays.copyOf(file, inB > 0 ? HeaderLayout.SLOT_STRIDE + inB : inA) : file;
    }

    private static void repair(byte[] file, int slot) {
        CRC32C crc = new CRC32C();
        crc.update(file, slot, HeaderLayout.CRC);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(slot + HeaderLayout.CRC, (int) crc.getValue());
    }

    /** A header of this version is written with the same bytes; one of the oldest is read again. */
    private static void requireRoundTrip(Header header, byte[] file) {
        byte[] again = HeaderCodec.encode(header);
        if (!header.equals(HeaderCodec.decode(again, header.slot(), "again"))) {
            throw new AssertionError("a header is read back as another: " + header);
        }
        int from = header.slot() * HeaderLayout.SLOT_STRIDE;
        byte[] found = Arrays.copyOfRange(file, from, from + HeaderLayout.HEADER_BYTES);
        int version =
                ByteBuffer.wrap(found)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(HeaderLayout.FORMAT_VERSION);
        if (version == HeaderCodec.VERSION && !Arrays.equals(found, again)) {
            throw new AssertionError("a header is not written as it was read: " + header);
        }
    }
}
