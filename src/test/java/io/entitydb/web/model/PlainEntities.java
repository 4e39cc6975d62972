package io.entitydb.web.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What entities of a dataset should be: lists of versions in memory. */
final class PlainEntities {

    /** Kinds of versions. */
    enum Kind {
        LIVING,
        DELETED,
        ERASED
    }

    /**
     * A version.
     *
     * @param number 1 for the first
     * @param transaction in which it was made
     * @param tags empty unless it lives
     * @param amount the number that is its content; 0 unless it lives
     */
    record State(long number, long transaction, Kind kind, NavigableSet<String> tags, long amount) {

        boolean isLiving() {
            return kind == Kind.LIVING;
        }
    }

    /** A condition of a request, as a header; null if there is none. */
    record Condition(@Nullable String header, String value) {

        static final Condition NONE = new Condition(null, "");

        /** Whether it holds, by the rules of RFC 9110 for strong comparison. */
        boolean holds(@Nullable State newest) {
            boolean isLiving = newest != null && newest.isLiving();
            return switch (header) {
                case null -> true;
                case "If-Match" ->
                        value.equals("*")
                                ? isLiving
                                : newest != null && value.equals(tagOf(newest));
                default -> !isLiving;
            };
        }

        private static String tagOf(State state) {
            return "\"" + state.number() + "\"";
        }
    }

    private final Map<String, List<State>> versions = new TreeMap<>();

    /** The versions of an entity, the oldest first; empty if it never was. */
    List<State> versions(String id) {
        return List.copyOf(versions.getOrDefault(id, List.of()));
    }

    /** The newest version; null if there is none. */
    @Nullable State newest(String id) {
        List<State> all = versions(id);
        return all.isEmpty() ? null : all.getLast();
    }

    /** The version in force at a transaction; null if there was none. */
    @Nullable State at(String id, long transaction) {
        State found = null;
        for (State state : versions(id)) {
            if (state.transaction() <= transaction) {
                found = state;
            }
        }
        return found;
    }

    /** Adds a version that lives. */
    void save(String id, long transaction, Set<String> tags, long amount) {
        add(id, transaction, Kind.LIVING, tags, amount);
    }

    /** Adds a version that says deleted. */
    void delete(String id, long transaction) {
        add(id, transaction, Kind.DELETED, Set.of(), 0);
    }

    private void add(String id, long transaction, Kind kind, Set<String> tags, long amount) {
        long number = versions(id).size() + 1L;
        versions.computeIfAbsent(id, key -> new ArrayList<>())
                .add(new State(number, transaction, kind, new TreeSet<>(tags), amount));
    }

    /** Erases all versions so far. */
    void erase(String id) {
        versions.computeIfPresent(
                id,
                (key, states) ->
                        new ArrayList<>(
                                states.stream()
                                        .map(
                                                state ->
                                                        new State(
                                                                state.number(),
                                                                state.transaction(),
                                                                Kind.ERASED,
                                                                new TreeSet<>(),
                                                                0))
                                        .toList()));
    }

    /** The ids of those that lived at a transaction and fulfil a condition, in order. */
    List<String> idsAt(long transaction, Predicate<State> condition) {
        return versions.keySet().stream()
                .filter(
                        id -> {
                            State state = at(id, transaction);
                            return state != null && state.isLiving() && condition.test(state);
                        })
                .toList();
    }

    /** All ids that ever were. */
    List<String> ids() {
        return List.copyOf(versions.keySet());
    }
}
