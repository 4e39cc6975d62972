package io.entitydb.storage.log;

/**
 * Which earlier version a version points to besides its predecessor, so that any version is reached
 * from the newest in O(log n) steps with one extra pointer a version.
 *
 * <p>Versions 1 … n are seen as a list of complete binary trees of sizes 2^k − 1, the smallest at
 * the newest end (n in skew-binary). A version's jump leads past the tree that it heads.
 *
 * <p><b>Source:</b> Myers, "An applicative random-access stack", Information Processing Letters 17
 * (1983).
 */
final class JumpPointers {

    private JumpPointers() {}

    /** The version that a version jumps to; 0 for none. */
    static long targetOf(long version) {
        long rest = version;
        long tree = 1;
        while (rest > 0) {
            tree = Long.highestOneBit(rest + 1) - 1;
            rest -= tree;
        }
        return version - tree;
    }
}
