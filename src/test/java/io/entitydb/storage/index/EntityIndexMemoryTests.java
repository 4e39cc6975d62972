package io.entitydb.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

class EntityIndexMemoryTests {

    private static final int ENTITIES = 1_000_000;

    /** What else in this process may hold direct memory meanwhile. */
    private static final long SLACK = 32L << 20;

    @Test
    void anEntityCostsAtMostFortyBytes() {
        EntityIndex index = new EntityIndex();
        RandomGenerator random = new Random(1);

        double worst = 0;
        for (int i = 1; i <= ENTITIES; i++) {
            index.insert(KeyHash.neverZero(random.nextLong()), RecordLog.START + 8L * i);
            if (i >= ENTITIES / 2 && i % 1000 == 0) {
                worst = Math.max(worst, (double) index.memoryBytes() / i);
            }
        }

        double bytes = (double) index.memoryBytes() / ENTITIES;
        System.out.printf(
                "entity index: %.1f bytes an entity at 1 M, at most %.1f from 500 k on%n",
                bytes, worst);
        assertThat(bytes).isLessThanOrEqualTo(40);
        assertThat(worst).isLessThanOrEqualTo(43);
    }

    @Test
    void theMemoryOfOutgrownSegmentsIsGivenBack() {
        EntityIndex index = new EntityIndex();
        RandomGenerator random = new Random(1);

        for (int i = 1; i <= 2 * ENTITIES; i++) {
            index.insert(KeyHash.neverZero(random.nextLong()), RecordLog.START + 8L * i);
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(directBytes())
                                    .isBetween(index.memoryBytes(), index.memoryBytes() + SLACK);
                        });
        assertThat(index.size()).isEqualTo(2L * ENTITIES);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
