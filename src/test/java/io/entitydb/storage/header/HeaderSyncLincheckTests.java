package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/** Every interleaving of a few operations looks like some order of them, one after the other. */
class HeaderSyncLincheckTests {

    @Test
    void everyInterleavingIsLinearizable() {
        modelChecking().check(Guarded.class);
    }

    @Test
    void lostUpdateOfAnUnlockedTwinIsFound() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> modelChecking().check(Unlocked.class));
    }

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(2)
                .minimizeFailedScenario(false)
                .logLevel(LoggingLevel.ERROR);
    }

    /** The real one. */
    public static class Guarded {

        private final HeaderSync sync = new HeaderSync(Headers.ofNewFile(), next -> {});

        @Operation
        public long dataSize() {
            return sync.current().dataSize();
        }

        @Operation
        public long append() {
            return sync.update(h -> h.withDataSize(h.dataSize() + 8)).dataSize();
        }

        @Operation
        public long nextWalSequence() {
            return sync.nextWalSequence();
        }

        @Operation
        public long addEntity() {
            return sync.addEntities(1);
        }
    }

    /** Its broken twin. */
    public static class Unlocked {

        private final HeaderOwner owner = new HeaderOwner.Unlocked(Headers.ofNewFile(), next -> {});

        @Operation
        public long dataSize() {
            return owner.current().dataSize();
        }

        @Operation
        public long append() {
            return owner.update(h -> h.withDataSize(h.dataSize() + 8)).dataSize();
        }
    }
}
