package io.entitydb.web.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.model.Linearizability.Call;
import io.entitydb.web.model.Linearizability.Kind;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The search for a linearization finds one where there is one, and none where there is none. */
class LinearizabilityTests {

    private static Call put(long begin, long end, long value, long version) {
        return new Call(begin, end, Kind.PUT, 0, value, version == 1 ? 201 : 200, version);
    }

    private static Call cas(long begin, long end, long expected, int status) {
        long version = status == 412 ? 0 : expected + 1;
        return new Call(begin, end, Kind.PUT, expected, 9, status, version);
    }

    private static Call get(long begin, long end, long value, long version) {
        return new Call(begin, end, Kind.GET, 0, value, 200, version);
    }

    @Test
    void overlappingReadMaySeeEither() {
        Call first = put(0, 1, 7, 1);
        Call second = put(2, 9, 8, 2);

        assertThat(Linearizability.of(List.of(first, second, get(3, 4, 7, 1)))).isTrue();
        assertThat(Linearizability.of(List.of(first, second, get(3, 4, 8, 2)))).isTrue();
    }

    @Test
    void staleReadIsRejected() {
        List<Call> stale = List.of(put(0, 1, 7, 1), put(2, 3, 8, 2), get(4, 5, 7, 1));

        assertThat(Linearizability.of(stale)).isFalse();
    }

    @Test
    void readsThatGoBackAreRejected() {
        List<Call> back =
                List.of(put(0, 1, 7, 1), put(2, 9, 8, 2), get(3, 4, 8, 2), get(5, 6, 7, 1));

        assertThat(Linearizability.of(back)).isFalse();
    }

    @Test
    void lostUpdateIsRejected() {
        Call made = put(0, 1, 7, 1);

        assertThat(Linearizability.of(List.of(made, cas(2, 5, 1, 200), cas(3, 6, 1, 412))))
                .isTrue();
        assertThat(Linearizability.of(List.of(made, cas(2, 5, 1, 200), cas(3, 6, 1, 200))))
                .isFalse();
        assertThat(Linearizability.of(List.of(made, cas(2, 5, 1, 412)))).isFalse();
    }

    @Test
    void deletedEntityIsGone() {
        Call made = put(0, 1, 7, 1);
        Call deleted = new Call(2, 3, Kind.DELETE, 0, 0, 204, 0);
        Call gone = new Call(4, 5, Kind.GET, 0, 0, 410, 0);

        assertThat(Linearizability.of(List.of(made, deleted, gone))).isTrue();
        assertThat(Linearizability.of(List.of(made, deleted, get(4, 5, 7, 1)))).isFalse();
    }
}
