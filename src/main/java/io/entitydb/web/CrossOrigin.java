package io.entitydb.web;

import io.entitydb.security.OpenDoor;
import io.entitydb.security.SecurityProperties;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.ProblemWriter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Which pages of other origins may use the interface from a browser: those of the settings, and
 * without any, none. Where nobody is asked who they are, whatever a page of another origin sends is
 * refused as well: any page that is open on the machine could send it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsProperties.class)
class CrossOrigin {

    private static final List<String> SHOWN =
            List.of(
                    "ETag",
                    "Location",
                    "Link",
                    "Retry-After",
                    "Content-Location",
                    "Repr-Digest",
                    "Memento-Datetime",
                    "EntityDB-Transaction",
                    "Idempotency-Replayed",
                    "WWW-Authenticate");

    /** Before Spring Security: what asks whether it may ask shows no token. */
    private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 3;

    @Bean
    FilterRegistrationBean<CorsFilter> crossOriginFilter(
            CorsProperties properties, SecurityProperties security, ProblemWriter problems) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration(
                security.enabled() ? ApiPaths.ROOT + "/**" : "/**", rules(properties.origins()));
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new Refusing(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(BEFORE_SECURITY);
        registration.setEnabled(!security.enabled() || !properties.origins().isEmpty());
        return registration;
    }

    /**
     * Where nobody is asked who they are, refuses what is meant for another host: a page of that
     * host, which lets its name point to this machine, could send it.
     */
    @Bean
    @ConditionalOnProperty(name = "entitydb.security.enabled", havingValue = "false")
    FilterRegistrationBean<OncePerRequestFilter> ownHostFilter(ProblemWriter problems) {
        FilterRegistrationBean<OncePerRequestFilter> registration =
                new FilterRegistrationBean<>(new OwnHost(problems));
        registration.setOrder(BEFORE_SECURITY);
        return registration;
    }

    /** Lets in what names this machine. */
    private static final class OwnHost extends OncePerRequestFilter {

        private final ProblemWriter problems;

        private OwnHost(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (OpenDoor.isLoopbackName(request.getServerName())) {
                chain.doFilter(request, response);
            } else {
                problems.write(
                        Problem.of(
                                ProblemType.ACCESS_DENIED,
                                "without authentication only this machine is served, by its own"
                                        + " name"),
                        request,
                        response);
            }
        }
    }

    private static CorsConfiguration rules(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.addAllowedHeader(CorsConfiguration.ALL);
        rules.setExposedHeaders(SHOWN);
        rules.setMaxAge(Duration.ofHours(1));
        return rules;
    }

    /** Refuses with a problem document. */
    private static final class Refusing implements CorsProcessor {

        private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
        private final ProblemWriter problems;

        private Refusing(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration rules,
                HttpServletRequest request,
                HttpServletResponse response)
                throws IOException {
            boolean isRefused =
                    rules != null
                            && CorsUtils.isCorsRequest(request)
                            && rules.checkOrigin(request.getHeader("Origin")) == null;
            if (isRefused) {
                problems.write(
                        Problem.of(
                                ProblemType.ACCESS_DENIED, "pages of this origin are not let in"),
                        request,
                        response);
                return false;
            }
            return processor.processRequest(rules, request, response);
        }
    }
}
