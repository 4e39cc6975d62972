package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.ScrubStatus;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class StoreFiguresTests {

    @Test
    void openStoreShowsHeaderSpaceAndRecovery() {
        StoreFigures figures = figures(StatusFixture.ready());

        assertThat(figures.state()).isEqualTo("ready");
        assertThat(figures.reason()).isNull();
        assertThat(figures.header()).isNotNull();
        assertThat(figures.header().generation()).isEqualTo(7);
        assertThat(figures.header().createdAt()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(figures.space())
                .isEqualTo(new StoreFigures.Space(16L << 20, 12_288, 4096, 1_000_000));
        assertThat(figures.sequences()).isEqualTo(new StoreFigures.Sequences(43, 42, 40));
        assertThat(figures.recovery()).isEqualTo(StatusFixture.recovery(null));
    }

    @Test
    void secretOfTheFileIsNotShown() {
        assertThat(figures(StatusFixture.ready()).toString())
                .doesNotContain(StatusFixture.SECRET.toString());
    }

    @Test
    void storeThatTakesNoWritesShowsWhy() {
        assertThat(
                        figures(
                                        StatusFixture.ready()
                                                .state(
                                                        new StoreState.ReadOnly(
                                                                StoreState.Reason.NO_SPACE, "")))
                                .reason())
                .isEqualTo("no-space");
    }

    @Test
    void storeThatIsNotOpenShowsItsStateOnly() {
        StoreFigures figures = figures(StatusFixture.notOpen(new StoreState.Opening()));

        assertThat(figures.state()).isEqualTo("opening");
        assertThat(figures.header()).isNull();
        assertThat(figures.space()).isNull();
        assertThat(figures.recovery()).isNull();
    }

    @Test
    void scrubThatRunsShowsHowFarItIsAndHowTheLastOneEnded() {
        StandInEngine engine = new StandInEngine(StatusFixture.ready().build());
        engine.tellScrub(
                new ScrubStatus(
                        ScrubStatus.State.RUNNING,
                        8,
                        2,
                        7,
                        3_000_000_000L,
                        1,
                        250,
                        1000,
                        99_000,
                        6,
                        1,
                        5));

        ScrubFigures scrub = new StoreEndpoint(engine).store().scrub();

        assertThat(scrub)
                .isEqualTo(
                        new ScrubFigures(
                                "running",
                                8,
                                250,
                                1000,
                                0.25,
                                2,
                                99_000,
                                new ScrubFigures.Completed(7, Instant.ofEpochSecond(3), 1)));
    }

    @Test
    void scrubThatIsOffHasNoLastPass() {
        ScrubFigures scrub = figures(StatusFixture.ready()).scrub();

        assertThat(scrub.state()).isEqualTo("off");
        assertThat(scrub.completed()).isNull();
    }

    private static StoreFigures figures(StatusFixture fixture) {
        return new StoreEndpoint(new StandInEngine(fixture.build())).store();
    }
}
