package io.entitydb.observability;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

import java.util.stream.Stream;

/** Whether spans are made: only where it is said to whom they are sent. */
final class TracingCondition implements Condition {

    /** Where spans are sent: the address of a collector. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isMet(context.getEnvironment());
    }

    static boolean isMet(Environment environment) {
        return StringUtils.hasText(environment.getProperty(ENDPOINT))
                && Stream.of(
                                "management.opentelemetry.enabled",
                                "management.tracing.export.enabled",
                                "management.tracing.export.otlp.enabled")
                        .allMatch(name -> environment.getProperty(name, Boolean.class, true));
    }
}
