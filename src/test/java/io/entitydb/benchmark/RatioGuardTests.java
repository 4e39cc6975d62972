package io.entitydb.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.benchmark.RatioGuard.Figure;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.Map;

/** When the guard of performance lets a build fail. */
class RatioGuardTests {

    /** Far above all that was recorded. */
    private static Map<Figure, Double> fast() {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.APPEND_COMMITS, 30_000.0);
        figures.put(Figure.ENTITYDB_COMMITS, 29_000.0);
        figures.put(Figure.MVSTORE_COMMITS, 1_000.0);
        figures.put(Figure.ENTITYDB_READS, 900_000.0);
        figures.put(Figure.MVSTORE_READS, 500_000.0);
        return figures;
    }

    @Test
    void fastStoreDoesNotFall() {
        assertThat(RatioGuard.fallen(fast())).isEmpty();
    }

    @Test
    void slowCommitsFallBesideBoth() {
        Map<Figure, Double> figures = fast();
        figures.put(Figure.ENTITYDB_COMMITS, 2_000.0);

        assertThat(RatioGuard.fallen(figures))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("commits-to-append is 0.07");
    }

    @Test
    void slowMachineChangesNothing() {
        Map<Figure, Double> figures = fast();
        figures.replaceAll((figure, perSecond) -> perSecond / 50);

        assertThat(RatioGuard.fallen(figures)).isEmpty();
    }

    @Test
    void slowReadsFall() {
        Map<Figure, Double> figures = fast();
        figures.put(Figure.ENTITYDB_READS, 50_000.0);

        assertThat(RatioGuard.fallen(figures))
                .singleElement()
                .asString()
                .startsWith("reads-to-mvstore is 0.10");
    }
}
