package io.entitydb.storage.index;

import io.entitydb.storage.io.LittleEndian;

/**
 * SipHash-2-4: a short keyed hash whose collisions cannot be found without the key.
 *
 * <p><b>Shape:</b> 128-bit key, 64-bit result, any message. Immutable and thread-safe.
 *
 * <p><b>Source:</b> Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
 */
public final class SipHash {

    private static final int COMPRESSION_ROUNDS = 2;
    private static final int FINAL_ROUNDS = 4;

    private final long key0;
    private final long key1;

    /**
     * The function under one key.
     *
     * @param key0 the key's first eight bytes, read as little-endian
     * @param key1 its last eight bytes, read as little-endian
     */
    public SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** The hash of a message. */
    public long hash(byte[] message) {
        State state = new State(key0, key1);
        int wholeBytes = message.length & -Long.BYTES;
        for (int i = 0; i < wholeBytes; i += Long.BYTES) {
            state.compress(LittleEndian.longAt(message, i));
        }
        state.compress(lastWord(message, wholeBytes));
        return state.finish();
    }

    /** The bytes behind the whole words, zeros, and the message's length in the top byte. */
    private static long lastWord(byte[] message, int from) {
        long word = (long) message.length << 56;
        for (int i = from; i < message.length; i++) {
            word |= (message[i] & 0xffL) << ((i - from) * Byte.SIZE);
        }
        return word;
    }

    /** The four words that the rounds mix; never leaves {@link #hash}, so it costs no memory. */
    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void compress(long word) {
            v3 ^= word;
            mix(COMPRESSION_ROUNDS);
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            mix(FINAL_ROUNDS);
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void mix(int rounds) {
            for (int i = 0; i < rounds; i++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
        }
    }
}
