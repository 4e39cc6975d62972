package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Ticker;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AnonymousConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;

import java.nio.file.Path;
import java.time.Clock;

/**
 * The way of a request through Spring Security. Here is decided who somebody is, and that nobody
 * comes in unknown; what they may do is decided where it is known which operation it is, by {@link
 * Requires}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecurityProperties.class, LimitProperties.class})
class SecurityConfiguration {

    static final String LOGIN = "/api/v1/auth/tokens";
    static final String REFRESH = LOGIN + ":refresh";

    private static final Caller ANYBODY =
            new Caller(Access.ANONYMOUS, Permissions.ALL, Caller.Method.NONE);

    @Bean
    Clock securityClock() {
        return Clock.systemUTC();
    }

    @Bean
    SigningKeys signingKeys(SecurityProperties properties, Environment environment) {
        String named = properties.signingKeyFile();
        String directory = environment.getProperty("entitydb.storage.directory", "data");
        if (named == null) {
            return new SigningKeys(Path.of(directory, "signing-keys"), true, Ticker.systemTicker());
        }
        SigningKeys keys = new SigningKeys(Path.of(named), false, Ticker.systemTicker());
        try {
            // A secret that is missing shows at the start, and not at the first login.
            keys.keys();
        } catch (IllegalStateException e) {
            throw new InvalidConfigurationPropertyValueException(
                    SecurityProperties.PREFIX + ".signing-key-file",
                    named,
                    String.valueOf(e.getMessage()));
        }
        return keys;
    }

    @Bean
    AccessTokens accessTokens(SigningKeys keys, Clock securityClock) {
        return new AccessTokens(keys, securityClock);
    }

    /** There are no users of Spring's own; this keeps it from making one. */
    @Bean
    UserDetailsService userDetailsService() {
        return name -> {
            throw new UsernameNotFoundException("users log in with tokens");
        };
    }

    @Bean
    BearerTokens bearerTokens(Callers callers, Roles roles, SecurityProperties properties) {
        SecurityProperties.Oidc oidc = properties.oidc();
        String issuer = oidc.issuerUri();
        if (issuer != null && oidc.audience() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    SecurityProperties.PREFIX + ".oidc.audience",
                    null,
                    "is needed with issuer-uri: tokens for other services are not accepted");
        }
        return new BearerTokens(
                callers, issuer == null ? null : new IssuedElsewhere(issuer, oidc, roles));
    }

    @Bean
    @ConditionalOnProperty(name = "entitydb.security.enabled", havingValue = "false")
    OpenDoor openDoor(Environment environment) {
        return new OpenDoor(environment);
    }

    /**
     * Spring would measure each filter of its chain at each request, which costs more than reading
     * an entity and tells nothing that {@code http.server.requests} does not.
     */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    HttpFirewall httpFirewall() {
        return new AnyPath();
    }

    /** Comes before a token is looked at: also what is refused there costs something. */
    @Bean
    FilterRegistrationBean<LimitFilter> addressLimits(
            RateLimits limits, AuthenticationEntryPoint entryPoint) {
        FilterRegistrationBean<LimitFilter> registration =
                new FilterRegistrationBean<>(
                        new LimitFilter(
                                LimitFilter.Count.ADDRESS,
                                request -> limits.requireOfAddress(request.getRemoteAddr()),
                                entryPoint));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return registration;
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            SecurityProperties properties,
            BearerTokens bearerTokens,
            AuthenticationEntryPoint entryPoint,
            AccessDeniedHandler refusal) {
        ApplicationContext context = http.getSharedObject(ApplicationContext.class);
        http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(SecurityHeaders::configure)
                .exceptionHandling(
                        problems ->
                                problems.authenticationEntryPoint(entryPoint)
                                        .accessDeniedHandler(refusal));
        if (properties.enabled()) {
            return http.anonymous(nobody -> principal(nobody, Access.NOBODY))
                    .oauth2ResourceServer(
                            server ->
                                    server.authenticationManagerResolver(request -> bearerTokens)
                                            .authenticationEntryPoint(entryPoint)
                                            .accessDeniedHandler(refusal)
                                            .withObjectPostProcessor(
                                                    new UnavailableUsers(entryPoint)))
                    .addFilterBefore(
                            new RefusalFilter(
                                    context.getBean(Access.class),
                                    context.getBean(AuditQueue.class)),
                            ExceptionTranslationFilter.class)
                    .addFilterBefore(
                            new LimitFilter(
                                    LimitFilter.Count.CALLER,
                                    context.getBean(RateLimits.class)::requireOfCaller,
                                    entryPoint),
                            AuthorizationFilter.class)
                    .authorizeHttpRequests(requests -> authorize(requests, properties))
                    .build();
        }
        return http.anonymous(anybody -> principal(anybody, ANYBODY))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static void principal(AnonymousConfigurer<HttpSecurity> anonymous, Caller caller) {
        anonymous
                .principal(caller)
                .authorities(AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    requests,
            SecurityProperties properties) {
        String[] open = properties.anonymousEndpoints().toArray(String[]::new);
        // Inner dispatches belong to a request that was let in.
        requests.dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(RateLimits.PROBES.toArray(String[]::new))
                .permitAll()
                .requestMatchers("/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml")
                .permitAll()
                .requestMatchers("/swagger-ui", "/swagger-ui/**", "/swagger-ui.html")
                .permitAll()
                .requestMatchers(HttpMethod.POST, LOGIN, REFRESH)
                .permitAll();
        if (open.length > 0) {
            requests.requestMatchers(EndpointRequest.to(open)).permitAll();
        }
        requests.requestMatchers(EndpointRequest.toAnyEndpoint())
                .access((authentication, request) -> viewer(authentication.get()))
                .anyRequest()
                .access((authentication, request) -> known(authentication.get()));
    }

    private static AuthorizationDecision viewer(@Nullable Authentication authentication) {
        return new AuthorizationDecision(
                authentication != null
                        && authentication.getPrincipal() instanceof Caller caller
                        && caller.permissions().allow(Right.STORE_VIEW, null));
    }

    private static AuthorizationDecision known(@Nullable Authentication authentication) {
        return new AuthorizationDecision(
                authentication != null
                        && authentication.getPrincipal() instanceof Caller caller
                        && caller.method() != Caller.Method.NONE);
    }
}
