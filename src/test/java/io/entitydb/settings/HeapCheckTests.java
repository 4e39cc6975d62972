package io.entitydb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

import java.util.Objects;

class HeapCheckTests {

    @ParameterizedTest
    @CsvSource({"96, 16", "4096, 512", "51, 1"})
    void enoughIsNotMentioned(long heap, long body) {
        assertThat(HeapCheck.warning(DataSize.ofMegabytes(heap), DataSize.ofMegabytes(body)))
                .isEmpty();
    }

    @Test
    void heapThatLargestBodiesDoNotFitInIsWarnedOf() {
        assertThat(HeapCheck.warning(DataSize.ofMegabytes(95), DataSize.ofMegabytes(16)))
                .contains("95 MB", "16 MB", "entitydb.web.max-body", "96 MB", "-Xmx");
    }

    @Test
    void heapThatIsTooSmallToStartIsRefused() {
        assertThatExceptionOfType(SmallHeapException.class)
                .isThrownBy(
                        () -> HeapCheck.warning(DataSize.ofMegabytes(47), DataSize.ofMegabytes(16)))
                .withMessageContainingAll("47 MB", "48 MB", "96 MB")
                .satisfies(
                        refused -> {
                            FailureAnalysis analysis =
                                    Objects.requireNonNull(
                                            new SmallHeapAnalyzer().analyze(refused));
                            assertThat(analysis.getAction()).contains("-Xmx512m");
                        });
    }
}
