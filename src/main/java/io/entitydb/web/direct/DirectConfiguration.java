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

    /** Spans, headers for other origins and whatever proxies say are matters of filters. */
    @Bean
    FilterRegistrationBean<DirectFilter> directFilter(
            DirectFilter filter,
            CorsProperties origins,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<DispatcherServletPath> dispatcher,
            Environment environment) {
        FilterRegistrationBean<DirectFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        String forwarded = environment.getProperty("server.forward-headers-strategy");
        registration.setEnabled(
                tracer.getIfAvailable() == null
                        && origins.origins().isEmpty()
                        && !"framework".equalsIgnoreCase(forwarded)
                        && dispatcher.stream().allMatch(path -> path.getPath().equals("/")));
        return registration;
    }

    @Bean
    DirectFilter directWay(
            List<DirectOperation> operations,
            Doorkeeper door,
            DirectAnswers answers,
            WebProperties properties) {
        return new DirectFilter(
                operations,
                door::admit,
                answers,
                new PlainHeaders(properties.maxBody().toBytes()),
                properties.bodyTimeout());
    }

    /** Behind the guards of the long way, in their order. */
    @Bean
    DirectAnswers directAnswers(Access access, JsonMapper json, MeterRegistry registry) {
        return new DirectAnswers(
                List.of(new RightsGuard(access), new QueryNames(), new IdempotencyGuard()),
                json,
                new RequestTimes(registry));
    }
}
