package io.entitydb.storage.header;

import io.entitydb.entity.Digest;

import java.lang.reflect.Constructor;
import java.util.UUID;

/** Valid headers to start from. */
final class Headers {

    static final long CREATED_AT = 1_700_000_000_000_000_000L;

    static final FileIdentity IDENTITY =
            new FileIdentity(
                    new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
                    CREATED_AT,
                    new UUID(0x1112131415161718L, 0x191a1b1c1d1e1f20L),
                    new UUID(0x2122232425262728L, 0x292a2b2c2d2e2f30L));

    private Headers() {}

    /** The header of the golden file. */
    static Header golden() {
        byte[] digest = new byte[Digest.BYTES];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (0x40 + i);
        }
        return Header.builder()
                .generation(7)
                .identity(IDENTITY)
                .isInterval(true)
                .epoch(3)
                .fileSize(1 << 20)
                .dataSize(4096)
                .walOffset(8192 + 1024)
                .walSequence(42)
                .checkpointSequence(17)
                .tagDictOffset(8192 + 64)
                .tagDictSize(48)
                .entityCount(5)
                .lastModified(CREATED_AT + 42)
                .lastDigest(Digest.of(digest))
                .build();
    }

    /** The header of a new file whose only frame is an empty dictionary. */
    static Header ofNewFile() {
        return Header.builder()
                .generation(1)
                .identity(IDENTITY)
                .epoch(1)
                .fileSize(1 << 20)
                .dataSize(64)
                .walOffset(8192)
                .tagDictOffset(8192)
                .tagDictSize(64)
                .lastModified(CREATED_AT)
                .lastDigest(Digest.ZERO)
                .build();
    }

    /** A header whose constructor never ran: all its fields are 0. No other code can make one. */
    static Header uninitialised() throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Constructor<?> allocation =
                (Constructor<?>)
                        factory.getMethod(
                                        "newConstructorForSerialization",
                                        Class.class,
                                        Constructor.class)
                                .invoke(
                                        factory.getMethod("getReflectionFactory").invoke(null),
                                        Header.class,
                                        Object.class.getConstructor());
        return (Header) allocation.newInstance();
    }

    /**
     * The header after n transactions of a script in which every field follows from n, so that a
     * reader can tell a header of one publication from a mixture of two.
     */
    static Header after(long n, Header before) {
        return before.toBuilder()
                .fileSize((1 << 20) + 64 * n)
                .dataSize(64 + 64 * n)
                .walOffset(8192 + 32 * n)
                .walSequence(n)
                .checkpointSequence(n / 2)
                .tagDictOffset(8192 + 8 * n)
                .entityCount(3 * n)
                .lastModified(CREATED_AT + n)
                .lastDigest(digest(n))
                .build();
    }

    /** Whether a header is one that {@link #after} makes. */
    static boolean isOfOnePublication(Header header) {
        return after(header.walSequence(), ofNewFile().withGeneration(header.generation()))
                .equals(header);
    }

    private static Digest digest(long n) {
        byte[] bytes = new byte[Digest.BYTES];
        bytes[0] = (byte) n;
        bytes[Digest.BYTES - 1] = (byte) (n >> Byte.SIZE);
        return Digest.of(bytes);
    }
}
