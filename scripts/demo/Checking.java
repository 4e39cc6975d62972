import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Compares a dataset with the file that was loaded into it.
 *
 * <p>The file alone says what must be there: for every id the states that its lines make, in order.
 * Differences are printed and counted; the file is held in memory.
 */
final class Checking implements DemoFile.Sink {

    private static final int SAMPLES = 3;

    private final DemoFile file;
    private final EntityService service;
    private final Lanes lanes;
    private final Map<String, List<State>> expected = new LinkedHashMap<>();
    private long differences;

    Checking(DemoFile file, EntityService service, Lanes lanes) {
        this.file = file;
        this.service = service;
        this.lanes = lanes;
    }

    /** Compares; whether all is equal. */
    boolean run() throws IOException {
        file.read(this);
        compareCounts();
        for (String id : samples()) {
            compareHistory(id, expected.get(id));
        }
        System.out.printf("%s: %,d differences%n", file.path().getFileName(), differences);
        return differences == 0;
    }

    @Override
    public void change(Change change) {
        expected.computeIfAbsent(change.id(), id -> new ArrayList<>()).add(change.state());
    }

    @Override
    public void failure(long line, String why) {
        System.out.println("line " + line + " is not compared: " + why);
    }

    private void compareCounts() {
        Map<String, Long> counts = new TreeMap<>();
        for (List<State> states : expected.values()) {
            if (states.getLast() instanceof State.Living living) {
                living.tags().forEach(tag -> counts.merge(tag, 1L, Long::sum));
            }
        }
        Progress progress = new Progress("tags counted", counts.size());
        try (lanes) {
            counts.forEach(
                    (tag, count) ->
                            lanes.run(
                                    tag,
                                    () -> {
                                        compareCount(tag, count);
                                        progress.step();
                                    }));
        }
        progress.end();
        System.out.printf("counts: %,d tags compared, the largest:%n", counts.size());
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SAMPLES * 2L)
                .forEach(tag -> System.out.printf("  %-24s %,d%n", tag.getKey(), tag.getValue()));
    }

    private void compareCount(String tag, long count) {
        String found;
        try {
            EntityService.Answer answer = service.count(tag);
            found = answer.status() == 200 ? answer.json().get("total") + "" : answer.problem();
        } catch (UncheckedIOException e) {
            found = "no answer: " + e.getCause();
        }
        compare("count of " + tag, String.valueOf(count), found);
    }

    /**
     * Long histories: the longest, the longest with a re-creation, the longest that ends deleted.
     */
    private Set<String> samples() {
        Set<String> ids = new LinkedHashSet<>();
        add(ids, states -> states.size());
        add(ids, states -> isRecreated(states) ? states.size() : 0);
        add(ids, states -> states.getLast() instanceof State.Deleted ? states.size() : 0);
        while (ids.size() < Math.min(SAMPLES, expected.size())) {
            add(ids, states -> states.size());
        }
        return ids;
    }

    private void add(Set<String> ids, ToLongFunction<List<State>> worth) {
        expected.entrySet().stream()
                .filter(entry -> !ids.contains(entry.getKey()))
                .filter(entry -> worth.applyAsLong(entry.getValue()) > 0)
                .max(
                        Comparator.<Map.Entry<String, List<State>>>comparingLong(
                                        entry -> worth.applyAsLong(entry.getValue()))
                                .thenComparing(entry -> unusualCharacters(entry.getKey())))
                .ifPresent(entry -> ids.add(entry.getKey()));
    }

    private static boolean isRecreated(List<State> states) {
        return states.subList(0, states.size() - 1).stream()
                .anyMatch(state -> state instanceof State.Deleted);
    }

    private static long unusualCharacters(String id) {
        return id.chars().filter(c -> !Character.isLetterOrDigit(c)).count();
    }

    private void compareHistory(String id, List<State> states) {
        List<Map<String, Object>> versions = versions(id);
        List<State> found = versions.stream().map(version -> stateOf(id, version)).toList();
        compare("versions of " + id, states.size() + "", found.size() + "");
        for (int i = 0; i < Math.min(states.size(), found.size()); i++) {
            compare("version " + (i + 1) + " of " + id, states.get(i), found.get(i));
        }
        System.out.printf(
                "history of %s: %d versions compared, %d of them deletions%n",
                id,
                states.size(),
                states.stream().filter(state -> state instanceof State.Deleted).count());
        if (!versions.isEmpty() && versions.size() == states.size()) {
            compareAsOf(id, states, versions);
        }
    }

    /** Reads between two versions: around a deletion that was undone, else in the middle. */
    private void compareAsOf(String id, List<State> states, List<Map<String, Object>> versions) {
        int at = (states.size() - 1) / 2;
        for (int i = 0; i < states.size() - 1; i++) {
            at = states.get(i) instanceof State.Deleted ? i : at;
        }
        VersionTime from = VersionTime.of(versions.get(at));
        String instant =
                at + 1 < versions.size()
                        ? from.middleTo(VersionTime.of(versions.get(at + 1)))
                        : from.text();
        EntityService.Answer answer = service.findAsOf(id, instant);
        Object found =
                switch (answer.status()) {
                    case 200 -> State.of(answer.json());
                    case 410 -> new State.Deleted();
                    default -> answer.problem();
                };
        compare(id + " as of " + instant, states.get(at), found);
        System.out.printf(
                "as of %s: %s is version %d of %d%s%n",
                instant,
                id,
                at + 1,
                states.size(),
                states.get(at) instanceof State.Deleted ? ", deleted" : "");
    }

    @SuppressWarnings("unchecked") // The items of a page are objects.
    private List<Map<String, Object>> versions(String id) {
        List<Map<String, Object>> versions = new ArrayList<>();
        String cursor = null;
        do {
            EntityService.Answer answer = service.versions(id, cursor);
            if (answer.status() != 200) {
                compare("versions of " + id, "200", answer.problem());
                return versions;
            }
            versions.addAll((List<Map<String, Object>>) answer.json().get("items"));
            cursor = (String) answer.json().get("next");
        } while (cursor != null);
        return versions;
    }

    /** Contents that were too large for a page are read one by one. */
    private State stateOf(String id, Map<String, Object> version) {
        boolean isWhole = version.containsKey("content") || "deleted".equals(version.get("state"));
        if (isWhole) {
            return State.of(version);
        }
        long number = Long.parseLong(String.valueOf(version.get("version")));
        return State.of(service.version(id, number).json());
    }

    private synchronized void compare(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            differences++;
            System.out.println("DIFFERENT " + what + ": file " + wanted + ", service " + found);
        }
    }
}
