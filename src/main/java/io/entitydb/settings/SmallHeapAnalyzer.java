package io.entitydb.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a heap that is too small. */
final class SmallHeapAnalyzer extends AbstractFailureAnalyzer<SmallHeapException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SmallHeapException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Raise it, as in 'java -Xmx512m -jar entitydb.jar'. In a container it is a share of its"
                        + " memory: give it more, or a larger share with -XX:MaxRAMPercentage.",
                cause);
    }
}
