package io.entitydb.storage;

import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.SimulatedDisk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The moment before a call to the disk, with the disks that a crash at this moment may leave. What
 * the call before it wrote may be torn, reordered or lost.
 *
 * @param call what is called next
 * @param number its number among all calls
 * @param states the disks, drawn when they are asked for; the last is that of a killed process
 * @param acknowledged transactions acknowledged before
 * @param submitted transactions handed over before
 * @param isCheckpointed whether a checkpoint was complete before
 */
record CrashPoint(
        String call,
        long number,
        Stream<SimulatedDisk> states,
        int acknowledged,
        int submitted,
        boolean isCheckpointed) {

    /** The moment in words. */
    String place() {
        return "before call " + number + ", " + call;
    }

    /** Notes the points of a timeline while it runs; the last one comes after the last call. */
    static List<CrashPoint> of(
            SimulatedDisk disk, Timeline timeline, CrashPlan plan, Runnable work) {
        List<CrashPoint> points = Collections.synchronizedList(new ArrayList<>());
        disk.control()
                .beforeEachCall(
                        (call, number) ->
                                points.add(at(disk, timeline, plan, call.name(), number)));
        work.run();
        disk.control().beforeEachCall((call, number) -> {});
        points.add(at(disk, timeline, plan, "end", disk.control().calls() + 1));
        return List.copyOf(points);
    }

    private static CrashPoint at(
            SimulatedDisk disk, Timeline timeline, CrashPlan plan, String call, long number) {
        CrashPlan here = new CrashPlan(plan.seed() + number, plan.limit());
        return new CrashPoint(
                call,
                number,
                Stream.concat(disk.crashStates(here), Stream.of(disk.snapshotOfCache())),
                timeline.acknowledged(),
                timeline.submitted(),
                timeline.isCheckpointed());
    }
}
