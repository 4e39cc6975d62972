package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

class MeterFactoryTests {

    private final MeterFactory meters = new MeterFactory(new SimpleMeterRegistry());

    @Test
    void labelValuesThatAreNotListedAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.counter(StoreMeter.WRITES, "customer-17"))
                .withMessageContaining("customer-17");
    }

    @Test
    void missingLabelsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> meters.counter(StoreMeter.WRITES));
    }

    @Test
    void metersOfAnotherKindAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> meters.timer(StoreMeter.WAL_FSYNC));
    }
}
