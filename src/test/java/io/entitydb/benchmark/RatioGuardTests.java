package io.entitydb.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.benchmark.RatioGuard.Figure;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.Map;

/** When the guard of performance lets a build fail. */
class RatioGuardTests {

    /** Median latencies in microseconds, far better than what was recorded. */
    private static Map<Figure, Double> fast() {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.APPEND_COMMITS, 250.0);
        figures.put(Figure.ENTITYDB_COMMITS, 260.0);
        figures.put(Figure.MVSTORE_COMMITS, 6_000.0);
        figures.put(Figure.ENTITYDB_READS, 1.5);
        figures.put(Figure.MVSTORE_READS, 1.5);
        return figures;
    }

    @Test
    void fastStoreDoesNotFall() {
        assertThat(RatioGuard.fallen(fast())).isEmpty();
    }

    @Test
    void slowCommitsFallBesideBoth() {
        Map<Figure, Double> figures = fast();
        figures.put(Figure.ENTITYDB_COMMITS, 2_500.0);

        assertThat(RatioGuard.fallen(figures))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("commits-to-append is 0.10");
    }

    @Test
    void slowMachineChangesNothing() {
        Map<Figure, Double> figures = fast();
        figures.replaceAll((figure, micros) -> micros * 50);

        assertThat(RatioGuard.fallen(figures)).isEmpty();
    }

    @Test
    void slowReadsFall() {
        Map<Figure, Double> figures = fast();
        figures.put(Figure.ENTITYDB_READS, 15.0);

        assertThat(RatioGuard.fallen(figures))
                .singleElement()
                .asString()
                .startsWith("reads-to-mvstore is 0.10");
    }
}
