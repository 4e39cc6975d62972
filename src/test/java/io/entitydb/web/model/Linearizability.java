package io.entitydb.web.model;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether calls that overlapped could have happened one after the other, each at a moment
 * between its begin and its end, and have had the answers that they had.
 *
 * <p><b>Source:</b> J. M. Wing and C. Gong, Testing and verifying concurrent objects, 1993; that a
 * set of calls with the state after it is tried once only is from G. Lowe, Testing for
 * linearizability, 2017.
 */
final class Linearizability {

    private final List<Call> calls;
    private final Set<Place> tried = new HashSet<>();

    private Linearizability(List<Call> calls) {
        this.calls = calls.stream().sorted(Comparator.comparingLong(Call::begin)).toList();
    }

    /** What a call asks for. */
    enum Kind {
        GET,
        PUT,
        DELETE
    }

    /**
     * A call and its answer.
     *
     * @param begin when it was sent
     * @param end when its answer was there
     * @param expected the version that it relies on; 0 for no condition
     * @param value what a put writes, or a get has read
     * @param status of the answer
     * @param version of the answer; 0 if it names none
     */
    record Call(
            long begin, long end, Kind kind, long expected, long value, int status, long version) {}

    /** An entity: version 0 if it never was. */
    private record State(long version, boolean isLiving, long value) {

        private @Nullable State after(Call call) {
            if (call.expected() > 0 && call.expected() != version) {
                return call.status() == 412 ? this : null;
            }
            return switch (call.kind()) {
                case GET -> hasRead(call) ? this : null;
                case PUT -> {
                    boolean fits = call.status() == (isLiving ? 200 : 201);
                    yield fits && call.version() == version + 1
                            ? new State(version + 1, true, call.value())
                            : null;
                }
                case DELETE -> {
                    if (isLiving) {
                        yield call.status() == 204 ? new State(version + 1, false, 0) : null;
                    }
                    yield call.status() == missing() ? this : null;
                }
            };
        }

        private boolean hasRead(Call call) {
            return isLiving
                    ? call.status() == 200 && call.version() == version && call.value() == value
                    : call.status() == missing();
        }

        private int missing() {
            return version == 0 ? 404 : 410;
        }
    }

    private record Place(BitSet done, State state) {}

    /** Whether the calls to one entity, which was not there before, are linearizable. */
    static boolean of(List<Call> calls) {
        Linearizability search = new Linearizability(calls);
        return search.goesOn(new BitSet(), new State(0, false, 0));
    }

    private boolean goesOn(BitSet done, State state) {
        if (done.cardinality() == calls.size()) {
            return true;
        }
        if (!tried.add(new Place((BitSet) done.clone(), state))) {
            return false;
        }
        long firstEnd = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            firstEnd = Math.min(firstEnd, calls.get(i).end());
        }
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            if (calls.get(i).begin() > firstEnd) {
                return false;
            }
            State next = state.after(calls.get(i));
            if (next != null) {
                done.set(i);
                if (goesOn(done, next)) {
                    return true;
                }
                done.clear(i);
            }
        }
        return false;
    }
}
