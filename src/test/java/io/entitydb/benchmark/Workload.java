package io.entitydb.benchmark;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The versions that every store is given: 16-byte ids in no order, four tags (a type of 10, a
 * status of 5, an owner of 1,000, one nearly unique) and 1 KiB that does not compress.
 */
final class Workload {

    static final int CONTENT_BYTES = 1024;

    private static final HexFormat HEX = HexFormat.of();

    private final SplittableRandom random;

    Workload(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The id of the n-th entity; different for different numbers. */
    static String id(long n) {
        long mixed = (n ^ (n >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return HEX.toHexDigits(mixed ^ (mixed >>> 33));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    double fraction() {
        return random.nextDouble();
    }

    /** A tag of the middle kind: an owner, whom one entity of a thousand has. */
    String owner() {
        return "owner:o" + random.nextInt(1000);
    }

    Write write(String id) {
        byte[] content = new byte[CONTENT_BYTES];
        random.nextBytes(content);
        return new Write(
                id,
                List.of(
                        "type:t" + random.nextInt(10),
                        "status:s" + random.nextInt(5),
                        owner(),
                        "serial:" + HEX.toHexDigits(random.nextLong())),
                content);
    }

    /** First versions of the entities from one number up to another. */
    List<Write> writes(long from, long to) {
        List<Write> writes = new ArrayList<>();
        for (long n = from; n < to; n++) {
            writes.add(write(id(n)));
        }
        return writes;
    }
}
