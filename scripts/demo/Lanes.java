import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs work in parallel; work for one id runs in the order in which it came. */
final class Lanes implements AutoCloseable {

    private static final int WAITING = 64;

    private final List<ThreadPoolExecutor> lanes = new ArrayList<>();

    Lanes(int count) {
        for (int i = 0; i < count; i++) {
            lanes.add(
                    new ThreadPoolExecutor(
                            1,
                            1,
                            0,
                            TimeUnit.SECONDS,
                            new ArrayBlockingQueue<>(WAITING),
                            Lanes::waitForRoom));
        }
    }

    /** Runs work after what came before for the same id. Waits while too much is waiting. */
    void run(String id, Runnable work) {
        lanes.get(Math.floorMod(id.hashCode(), lanes.size())).execute(work);
    }

    /** Waits until all work is done. */
    @Override
    public void close() {
        lanes.forEach(ThreadPoolExecutor::close);
    }

    private static void waitForRoom(Runnable work, ThreadPoolExecutor lane) {
        try {
            lane.getQueue().put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
