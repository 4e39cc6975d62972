package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes until a closed store, and one whose process was killed, answers its first read,
 * in a process that has just been started. What was acknowledged before the kill has to be there.
 */
final class OpenWork {

    private static final int COMMITS = 200;

    private final Path directory;
    private final int repetitions;
    private final Figures figures;

    OpenWork(Path directory, int repetitions, Figures figures) {
        this.directory = directory;
        this.repetitions = repetitions;
        this.figures = figures;
    }

    /** Measures a contender whose store lies closed in its directory. */
    void run(Contender contender) throws IOException, InterruptedException {
        List<Double> clean = new ArrayList<>();
        List<Double> killed = new ArrayList<>();
        String id = Workload.id(0);
        for (int repetition = 0; repetition < repetitions; repetition++) {
            clean.add(open(contender, id));
            String last = Child.run(contender, directory, Child.Task.KILL, COMMITS, id);
            killed.add(open(contender, last));
        }
        figures.add(new Figure("open clean", contender, "ms", clean, Trial.histogram()));
        figures.add(new Figure("open killed", contender, "ms", killed, Trial.histogram()));
    }

    private double open(Contender contender, String id) throws IOException, InterruptedException {
        return Double.parseDouble(Child.run(contender, directory, Child.Task.OPEN, 0, id));
    }
}
