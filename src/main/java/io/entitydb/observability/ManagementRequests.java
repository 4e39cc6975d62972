package io.entitydb.observability;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;

import jakarta.servlet.http.HttpServletRequest;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

import java.util.Set;

/**
 * Keeps probes and scrapes out of {@code http.server.requests}: they come every few seconds, cost
 * nothing, and would hide how long clients wait.
 */
@Component
@RequiredArgsConstructor
final class ManagementRequests implements ObservationPredicate {

    private static final Set<String> PROBES = Set.of("/livez", "/readyz");

    private final WebEndpointProperties endpoints;

    @Override
    public boolean test(String name, Observation.Context context) {
        return !(context instanceof ServerRequestObservationContext server)
                || server.getCarrier() == null
                || !isManagement(server.getCarrier());
    }

    private boolean isManagement(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String base = endpoints.getBasePath();
        return PROBES.contains(path)
                || (!base.isEmpty() && (path.equals(base) || path.startsWith(base + "/")));
    }
}
