package io.entitydb.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a secret that cannot be used by the name of its property. Spring Boot's own reports show
 * the value of a property, so this one comes first.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedSecretAnalyzer extends AbstractFailureAnalyzer<RefusedSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, RefusedSecretException cause) {
        return new FailureAnalysis(
                "The value of the property " + cause.getMessage() + ". It is not shown here.",
                "Give " + cause.property() + " another value, or leave it out.",
                cause);
    }
}
