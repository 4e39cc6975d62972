package io.entitydb.storage;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * How much a thread may allocate: what it did for the same work before, and a frame of any size.
 */
final class AllocationBound {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The longest frame, once as bytes and once as records. */
    private static final long FRAMES_BYTES = 2L * (64 << 20);

    private final long mostBytes;
    private long start;

    private AllocationBound(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The bound of work that is done once to see what it takes. */
    static AllocationBound of(Runnable work) {
        AllocationBound measured = new AllocationBound(Long.MAX_VALUE);
        measured.begin();
        work.run();
        return new AllocationBound(3 * measured.since() + FRAMES_BYTES);
    }

    /** From here on the calling thread's allocations count. */
    void begin() {
        start = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Fails if there were too many. */
    void check() {
        long bytes = since();
        if (bytes > mostBytes) {
            throw new AssertionError(bytes + " bytes were allocated, bound is " + mostBytes);
        }
    }

    private long since() {
        return THREADS.getCurrentThreadAllocatedBytes() - start;
    }
}
