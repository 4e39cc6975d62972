package io.entitydb.security;

import io.entitydb.entity.AccessMonitor;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

/** Reads the figures of limits and refusals from where they are counted. */
@Component
@RequiredArgsConstructor
final class AccessFigures implements AccessMonitor {

    private final RateLimits limits;
    private final LoginBackoff backoff;
    private final AuditQueue audit;

    @Override
    public Figures figures() {
        return new Figures(
                limits.refusedOfPrincipals(),
                limits.refusedOfAddresses(),
                limits.refusedOfStrangers(),
                backoff.refused(),
                audit.kept(),
                audit.omitted());
    }
}
