package io.entitydb.observability;

import static io.entitydb.storage.config.StatusFixture.notOpen;
import static io.entitydb.storage.config.StatusFixture.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.entitydb.search.SearchMonitor;
import io.entitydb.search.SearchState;
import io.entitydb.search.SearchStatus;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What follows the log, the checkpoint and the search index, is judged by how far behind it is. */
class KeepingUpHealthTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RecentCheckpoints recent = new RecentCheckpoints(Clock.systemUTC());
    private final AtomicLong nanos = new AtomicLong();
    private final SearchMonitor monitor = mock();
    private final ObjectProvider<SearchMonitor> search = mock();

    private String checkpoint(StatusFixture status) {
        return new CheckpointHealthIndicator(new StandInEngine(status.build()), recent)
                .health()
                .getStatus()
                .getCode();
    }

    private SearchHealthIndicator searchOf(StatusFixture status) {
        given(search.getIfAvailable()).willReturn(monitor);
        return new SearchHealthIndicator(new StandInEngine(status.build()), search, nanos::get);
    }

    private static String code(SearchHealthIndicator indicator) {
        return indicator.health().getStatus().getCode();
    }

    private void tell(SearchState state, long indexed, long lag) {
        given(monitor.status()).willReturn(new SearchStatus(state, indexed, lag, 10));
    }

    @Test
    void aCheckpointIsFreshUntilItFailsOrTheLogOutgrowsIt() {
        assertThat(checkpoint(ready())).isEqualTo("UP");
        assertThat(checkpoint(ready().tailBytes(1L << 40))).isEqualTo("DEGRADED");
        recent.ended(false);
        assertThat(checkpoint(ready())).isEqualTo("DEGRADED");
        recent.ended(true);
        assertThat(checkpoint(ready())).isEqualTo("UP");
        assertThat(checkpoint(notOpen(new StoreState.Opening()))).isEqualTo("UNKNOWN");
    }

    @Test
    void aFileThatIsAlmostFullIsToldBeforeWritesAreRefused() {
        StandInEngine engine = new StandInEngine(ready().build());
        WriterHealthIndicator writer = new WriterHealthIndicator(engine);

        engine.tellSpaceLeft(1L << 40);
        assertThat(writer.health().getStatus().getCode()).isEqualTo("UP");
        engine.tellSpaceLeft(10);
        assertThat(writer.health().getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(writer.health().getDetails())
                .containsEntry("spaceLeftBytes", 10L)
                .containsEntry("spaceLow", true);
    }

    @Test
    void aSearchIndexThatIsBuiltIsOutOfService() {
        SearchHealthIndicator indicator = searchOf(ready());

        tell(new SearchState.CatchingUp(9), 3, 6);
        assertThat(code(indicator)).isEqualTo("OUT_OF_SERVICE");
        tell(new SearchState.Failed("x"), 0, 9);
        assertThat(code(indicator)).isEqualTo("DEGRADED");
        tell(new SearchState.Ready(), 9, 0);
        assertThat(code(indicator)).isEqualTo("UP");
    }

    @Test
    void aSearchIndexIsLateWhenItStandsStill() {
        SearchHealthIndicator indicator = searchOf(ready());

        tell(new SearchState.Ready(), 9, 5);
        assertThat(code(indicator)).isEqualTo("UP");
        nanos.addAndGet(6 * SECOND);
        tell(new SearchState.Ready(), 12, 5);
        assertThat(code(indicator)).isEqualTo("UP");
        nanos.addAndGet(6 * SECOND);
        assertThat(code(indicator)).isEqualTo("DEGRADED");
        tell(new SearchState.Ready(), 17, 0);
        assertThat(code(indicator)).isEqualTo("UP");
    }

    @Test
    void aStoreThatIsNotOpenSaysNothingOfItsIndex() {
        assertThat(code(searchOf(notOpen(new StoreState.Opening())))).isEqualTo("UNKNOWN");
        given(search.getIfAvailable()).willReturn(null);
        assertThat(
                        code(
                                new SearchHealthIndicator(
                                        new StandInEngine(ready().build()), search, nanos::get)))
                .isEqualTo("UNKNOWN");
    }
}
