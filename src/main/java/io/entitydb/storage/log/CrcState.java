package io.entitydb.storage.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The register of CRC-32C, run backward. Each step of the sum can be undone, because the table's
 * highest bytes are all different; so from a sum and the bytes that it covers follows the state
 * before them.
 *
 * <p><b>Source:</b> Stigge et al., "Reversing CRC — Theory and Practice" (2006), section 3.
 */
final class CrcState {

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int[] TABLE = new int[256];

    /** Which entry of the table has a highest byte. */
    private static final int[] BY_HIGHEST = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
            }
            TABLE[i] = value;
            BY_HIGHEST[value >>> 24] = i;
        }
    }

    private CrcState() {}

    /** The register before some bytes, of which the sum is known. */
    static int before(byte[] bytes, int from, int length, int sum) {
        int state = ~sum;
        for (int i = from + length - 1; i >= from; i--) {
            state = back(state, bytes[i]);
        }
        return state;
    }

    private static int back(int state, byte value) {
        int entry = BY_HIGHEST[state >>> 24];
        return ((state ^ TABLE[entry]) << Byte.SIZE) | (entry ^ Byte.toUnsignedInt(value));
    }

    /** Four bytes that bring the register from its first state to another one. */
    static byte[] seedOf(int state) {
        int zeros = state;
        for (int i = 0; i < Integer.BYTES; i++) {
            zeros = back(zeros, (byte) 0);
        }
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(~zeros)
                .array();
    }
}
