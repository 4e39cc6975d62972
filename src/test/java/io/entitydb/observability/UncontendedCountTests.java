package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.header.HeaderCounters;

import org.junit.jupiter.api.Test;

class UncontendedCountTests {

    private final UncontendedCount count = new UncontendedCount();

    @Test
    void isWhatHadNotToWait() {
        assertThat(count.of(counters(10, 4))).isEqualTo(6);
    }

    @Test
    void doesNotFallWhileThreadsWait() {
        count.of(counters(10, 4));

        assertThat(count.of(counters(10, 6))).isEqualTo(6);
        assertThat(count.of(counters(12, 6))).isEqualTo(6);
        assertThat(count.of(counters(13, 6))).isEqualTo(7);
    }

    @Test
    void beginsAnewWithANewStore() {
        count.of(counters(10, 4));

        assertThat(count.of(counters(3, 1))).isEqualTo(2);
    }

    @Test
    void isNeverNegative() {
        assertThat(count.of(counters(0, 1))).isZero();
    }

    private static HeaderCounters counters(long acquired, long contended) {
        return new HeaderCounters(0, 0, 0, 0, 0, 0, 0, acquired, contended, 0);
    }
}
