package io.entitydb.web.direct;

import io.entitydb.security.Access;
import io.entitydb.security.Doorkeeper;
import io.entitydb.web.CorsProperties;
import io.entitydb.web.WebProperties;
import io.entitydb.web.access.RightsGuard;
import io.entitydb.web.http.QueryNames;
import io.entitydb.web.idempotency.IdempotencyGuard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** Where the direct way is open. */
@Configuration(proxyBeanMethods = false)
class DirectConfiguration {

    @Bean
    FilterRegistrationBean<DirectFilter> directFilter(
            List<DirectOperation> operations,
            Access access,
            Doorkeeper door,
            JsonMapper json,
            MeterRegistry registry,
            WebProperties properties,
            CorsProperties origins,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<DispatcherServletPath> dispatcher,
            Environment environment) {
        DirectFilter filter =
                new DirectFilter(
                        operations,
                        List.of(new RightsGuard(access), new QueryNames(), new IdempotencyGuard()),
                        door::admit,
                        json,
                        new RequestTimes(registry),
                        properties.bodyTimeout());
        FilterRegistrationBean<DirectFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        // Spans, headers for other origins and whatever proxies say are matters of filters.
        boolean isBypassed =
                tracer.getIfAvailable() != null
                        || !origins.origins().isEmpty()
                        || "framework"
                                .equalsIgnoreCase(
                                        environment.getProperty("server.forward-headers-strategy"));
        boolean isAtRoot = dispatcher.stream().allMatch(path -> path.getPath().equals("/"));
        registration.setEnabled(!isBypassed && isAtRoot);
        return registration;
    }
}
