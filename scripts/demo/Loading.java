import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Loads a file.
 *
 * <p>Every line is written on the condition that the version before it is the newest. So a line
 * that is loaded already is refused by the service, recognised by reading that version back, and
 * never loaded twice: an interrupted load may simply be started again.
 */
final class Loading implements DemoFile.Sink {

    /** What became of a line. */
    enum Outcome {
        LOADED,
        ALREADY_THERE,
        FAILED,
        LOST
    }

    private static final int PRECONDITION_FAILED = 412;

    private final LoadOptions options;
    private final DemoFile file;
    private final EntityService service;
    private final Lanes lanes;
    private final Progress progress;
    private final Map<Outcome, Long> outcomes = new TreeMap<>();
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private boolean isLost;

    Loading(LoadOptions options, DemoFile file, EntityService service, Lanes lanes) {
        this.options = options;
        this.file = file;
        this.service = service;
        this.lanes = lanes;
        this.progress = new Progress("lines", Math.max(0, file.lines() - options.skip()));
    }

    /** Loads all lines that are not skipped; whether all of them are loaded. */
    boolean run() throws IOException {
        try (lanes) {
            file.read(this);
        }
        progress.end();
        System.out.printf(
                "%s: loaded %,d, already there %,d, failed %,d%n",
                file.path().getFileName(),
                count(Outcome.LOADED),
                count(Outcome.ALREADY_THERE),
                count(Outcome.FAILED));
        if (isLost) {
            System.out.printf(
                    "stopped: the service went away; go on with --skip %d%n",
                    unfinished.first() - 1);
        }
        return !isLost && count(Outcome.FAILED) == 0;
    }

    @Override
    public void change(Change change) {
        if (change.line() <= options.skip()) {
            return;
        }
        synchronized (this) {
            unfinished.add(change.line());
        }
        lanes.run(change.id(), () -> load(change));
    }

    @Override
    public void failure(long line, String why) {
        if (line > options.skip()) {
            report(line, why);
            finish(line, Outcome.FAILED);
        }
    }

    private void load(Change change) {
        Outcome outcome = Outcome.LOST;
        if (!isStopped()) {
            try {
                outcome = write(change);
            } catch (UncheckedIOException e) {
                report(change.line(), "no answer: " + e.getCause());
            } catch (RuntimeException e) {
                report(change.line(), "failed: " + e);
                outcome = Outcome.FAILED;
            }
        }
        finish(change.line(), outcome);
    }

    private Outcome write(Change change) {
        boolean isEntity = file.shape() == Shape.ENTITIES;
        long after = isEntity ? 0 : change.version() - 1;
        EntityService.Answer answer = service.write(change.id(), change.state(), after);
        if (answer.status() == PRECONDITION_FAILED) {
            EntityService.Answer present =
                    isEntity
                            ? service.find(change.id())
                            : service.version(change.id(), change.version());
            if (isOk(present) && State.of(present.json()).equals(change.state())) {
                return Outcome.ALREADY_THERE;
            }
            if (isEntity && change.state() instanceof State.Living living) {
                answer = service.replace(change.id(), living);
            }
        }
        if (isOk(answer)) {
            return Outcome.LOADED;
        }
        report(change.line(), answer.problem());
        return Outcome.FAILED;
    }

    private static boolean isOk(EntityService.Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    private void report(long line, String why) {
        progress.report("line " + line + ": " + why);
    }

    private void finish(long line, Outcome outcome) {
        synchronized (this) {
            outcomes.merge(outcome, 1L, Long::sum);
            if (outcome == Outcome.LOST) {
                isLost = true;
                return;
            }
            unfinished.remove(line);
        }
        progress.step();
    }

    private synchronized boolean isStopped() {
        return isLost;
    }

    private synchronized long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
