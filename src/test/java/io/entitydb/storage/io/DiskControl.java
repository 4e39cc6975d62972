package io.entitydb.storage.io;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.storage.io.Fault.Effect;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a test does to a {@link SimulatedDisk}: it counts the calls, cuts the power, lets calls fail
 * and takes the space away. Thread-safe; uses the disk's monitor.
 */
public final class DiskControl {

    private static final long NEVER = Long.MAX_VALUE;

    private final Object monitor;

    @GuardedBy("monitor")
    private final Map<DiskCall, Long> counts = new EnumMap<>(DiskCall.class);

    @GuardedBy("monitor")
    private final FaultPlan faults = new FaultPlan();

    @GuardedBy("monitor")
    private CallListener listener = (call, n) -> {};

    @GuardedBy("monitor")
    private long number;

    @GuardedBy("monitor")
    private long cutBefore = NEVER;

    @GuardedBy("monitor")
    private long cutAfter = NEVER;

    @GuardedBy("monitor")
    private long capacityBytes = NEVER;

    @GuardedBy("monitor")
    private boolean isDark;

    @GuardedBy("monitor")
    private boolean isReadOnly;

    DiskControl(Object monitor) {
        this.monitor = monitor;
    }

    /** Cuts the power before the n-th counted call is made; that call and all later ones throw. */
    public void crashBefore(long call) {
        synchronized (monitor) {
            cutBefore = call;
        }
    }

    /** Cuts the power when the n-th counted call is done; that call and all later ones throw. */
    public void crashAfter(long call) {
        synchronized (monitor) {
            cutAfter = call;
        }
    }

    /** Cuts the power at once. */
    public void crash() {
        synchronized (monitor) {
            isDark = true;
        }
    }

    /** Tells a listener of each counted call before it is made; replaces an earlier one. */
    public void beforeEachCall(CallListener newListener) {
        synchronized (monitor) {
            listener = newListener;
        }
    }

    /** Plans a failure. */
    public void inject(Fault fault) {
        synchronized (monitor) {
            faults.add(fault);
        }
    }

    /** Forgets all failures that are still planned. */
    public void clearFaults() {
        synchronized (monitor) {
            faults.clear();
        }
    }

    /** Limits the sum of all file sizes; what is above already stays. */
    public void capacity(long bytes) {
        synchronized (monitor) {
            capacityBytes = bytes;
        }
    }

    /** Lets counted calls fail, as after a read-only remount, or lets them work again. */
    public void readOnly(boolean newReadOnly) {
        synchronized (monitor) {
            isReadOnly = newReadOnly;
        }
    }

    /** Writes, forces, renames, removals, creations and directory forces so far. */
    public long calls() {
        synchronized (monitor) {
            return number;
        }
    }

    /** Calls of one kind so far, failed ones included. */
    public long calls(DiskCall call) {
        synchronized (monitor) {
            return counts.getOrDefault(call, 0L);
        }
    }

    /**
     * Every call begins here.
     *
     * @return how it is to fail; null if it is not
     * @throws PowerCut if the power is gone, or goes before this call
     */
    @Nullable Effect enter(DiskCall call) {
        synchronized (monitor) {
            checkPower(call);
            counts.merge(call, 1L, Long::sum);
            if (call.isCounted()) {
                listener.beforeCall(call, number + 1);
                number++;
                boolean isCutBefore = isDark || number >= cutBefore;
                isDark = isCutBefore || number >= cutAfter;
                if (isCutBefore) {
                    throw new PowerCut(call, number);
                }
                if (isReadOnly) {
                    return Effect.IO_ERROR;
                }
            }
            return faults.next(call);
        }
    }

    /**
     * Whether the power is still on. A counted call also asks when it is done: the caller may die
     * before it knows.
     */
    void checkPower(DiskCall call) {
        synchronized (monitor) {
            if (isDark) {
                throw new PowerCut(call, number);
            }
        }
    }

    boolean isReadOnly() {
        synchronized (monitor) {
            return isReadOnly;
        }
    }

    long capacityBytes() {
        synchronized (monitor) {
            return capacityBytes;
        }
    }
}
