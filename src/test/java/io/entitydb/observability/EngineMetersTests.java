package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.ScrubStatus;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

class EngineMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StandInEngine engine = new StandInEngine(StatusFixture.ready().build());

    @BeforeEach
    void bind() {
        new EngineMeters(engine, "1.2.3").bindTo(registry);
    }

    @ParameterizedTest
    @CsvSource({
        "header.validations, trigger, tag_dict_offset, 70",
        "header.validations, trigger, update, 12",
        "header.publishes, result, done, 12",
        "header.lock.acquisitions, contended, true, 4",
        "header.lock.acquisitions, contended, false, 96",
        "wal.offset.validations, result, valid, 90",
        "wal.offset.validations, result, invalid, 0"
    })
    void countersAreTheEngines(String meter, String label, String value, double expected) {
        assertThat(
                        registry
                                .get("entitydb." + meter)
                                .tag(label, value)
                                .functionCounters()
                                .stream()
                                .mapToDouble(counter -> counter.count())
                                .sum())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "wal.sequence, point, visible, 43",
        "wal.sequence, point, durable, 42",
        "wal.sequence, point, checkpointed, 40",
        "file.size, section, allocated, 16777216",
        "file.size, section, data, 12288",
        "entities, state, active, 17",
        "store.state, state, ready, 1",
        "store.state, state, failed, 0",
        "store.info, version, 1.2.3, 1"
    })
    void gaugesAreTheEngines(String meter, String label, String value, double expected) {
        assertThat(registry.get("entitydb." + meter).tag(label, value).gauge().value())
                .isEqualTo(expected);
    }

    @Test
    void gaugesFollowTheEngine() {
        engine.tell(
                StatusFixture.ready().tailBytes(777).writer(true, false, 1_500_000_000).build());

        assertThat(registry.get("entitydb.wal.size").gauge().value()).isEqualTo(777);
        assertThat(registry.get("entitydb.commit.queue.size").gauge().value()).isEqualTo(3);
        assertThat(registry.get("entitydb.commit.oldest.pending").gauge().value()).isEqualTo(1.5);
        assertThat(registry.get("entitydb.header.generation").gauge().value()).isEqualTo(7);
    }

    @Test
    void scrubIsTheEngines() {
        engine.tellScrub(
                new ScrubStatus(
                        ScrubStatus.State.PAUSED,
                        8,
                        2,
                        7,
                        3_500_000_000L,
                        1,
                        250,
                        1000,
                        99_000,
                        6,
                        1,
                        5));

        assertThat(registry.get("entitydb.scrub.progress").gauge().value()).isEqualTo(0.25);
        assertThat(registry.get("entitydb.scrub.last.success").gauge().value()).isEqualTo(3.5);
        assertThat(registry.get("entitydb.scrub.verified").functionCounter().count())
                .isEqualTo(99_000);
        assertThat(registry.get("entitydb.scrub").tag("result", "sound").functionCounter().count())
                .isEqualTo(6);
        assertThat(
                        registry.get("entitydb.scrub")
                                .tag("result", "damaged")
                                .functionCounter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void waitingForTheHeaderIsTimed() {
        FunctionTimer wait = registry.get("entitydb.header.lock.wait").functionTimer();

        assertThat(wait.count()).isEqualTo(4);
        assertThat(wait.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
    }

    @Test
    void storeThatIsNotOpenHasFiguresOfZero() {
        engine.tell(StatusFixture.notOpen(new StoreState.Opening()).build());

        assertThat(registry.get("entitydb.header.generation").gauge().value()).isZero();
        assertThat(registry.get("entitydb.file.size").tag("section", "data").gauge().value())
                .isZero();
        assertThat(registry.get("entitydb.store.state").tag("state", "opening").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void everyStateOfAStoreHasItsGauge() {
        assertThat(StoreMeter.STORE_STATE.labels().getFirst().values())
                .hasSameSizeAs(StoreState.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        Arrays.stream(StoreState.class.getPermittedSubclasses())
                                .map(EngineMetersTests::label)
                                .toArray(String[]::new));
    }

    private static String label(Class<?> state) {
        return state.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
