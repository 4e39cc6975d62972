package io.entitydb.storage.io;

/** The simulated machine has lost its power: no call reaches the disk any more. */
public final class PowerCut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PowerCut(DiskCall call, long number) {
        super("power cut at call " + number + ", " + call);
    }
}
