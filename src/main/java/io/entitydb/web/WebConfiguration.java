package io.entitydb.web;

import com.fasterxml.jackson.annotation.Nulls;

import io.entitydb.security.Access;
import io.entitydb.web.access.RightsGuard;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.BodyLimitFilter;
import io.entitydb.web.http.OperationMapping;
import io.entitydb.web.http.PreconditionsResolver;
import io.entitydb.web.http.PunctualProtocol;
import io.entitydb.web.http.QueryNames;
import io.entitydb.web.http.QueryRecords;
import io.entitydb.web.http.UnreadBodyValve;
import io.entitydb.web.idempotency.IdempotencyGuard;
import io.entitydb.web.problem.ProblemReportValve;
import io.entitydb.web.problem.ProblemWriter;

import lombok.RequiredArgsConstructor;

import org.apache.catalina.Host;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

import java.util.List;

/** How the web framework and the server are set up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
@RequiredArgsConstructor
class WebConfiguration implements WebMvcConfigurer {

    private final Access access;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // Before all else: what is not permitted is not looked at.
        registry.addInterceptor(new RightsGuard(access)).addPathPatterns(ApiPaths.ROOT + "/**");
        registry.addInterceptor(new QueryNames()).addPathPatterns(ApiPaths.ROOT + "/**");
        registry.addInterceptor(new IdempotencyGuard()).addPathPatterns(ApiPaths.ROOT + "/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PreconditionsResolver());
        resolvers.add(new QueryRecords());
    }

    /** Operations are found quicker. */
    @Bean
    static WebMvcRegistrations operationMapping() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new OperationMapping();
            }
        };
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(ProblemWriter problems, WebProperties properties) {
        return new BodyLimitFilter(
                problems,
                properties.maxBody().toBytes(),
                properties.bodyTimeout(),
                properties.maxContent().toBytes());
    }

    /** In requests lists and maps have no null elements, and only strings are strings. */
    @Bean
    JsonMapperBuilderCustomizer strictRequests() {
        return builder ->
                builder.changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                        .withCoercionConfig(
                                LogicalType.Textual,
                                strings ->
                                        strings.setCoercion(
                                                        CoercionInputShape.Integer,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Float,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Boolean,
                                                        CoercionAction.Fail));
    }

    /**
     * Tomcat leaves escaped slashes to the framework, because an id is one segment; asks for a body
     * only when it is wanted, so that one too large is not sent in vain; and what it refuses by
     * itself it answers with problem documents. Boot's own valve, which comes later in the
     * pipeline, has nothing left to report. Nobody is waited for without end.
     */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatPathsAndErrors(
            ProblemWriter problems, WebProperties properties) {
        return factory -> {
            if (factory instanceof TomcatWebServerFactory tomcat) {
                tomcat.setProtocol(PunctualProtocol.class.getName());
            }
            factory.addConnectorCustomizers(
                    connector -> {
                        String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
                        connector.setEncodedSolidusHandling(passThrough);
                        connector.setEncodedReverseSolidusHandling(passThrough);
                        connector.setProperty("continueResponseTiming", "onRead");
                        if (connector.getProtocolHandler() instanceof PunctualProtocol punctual) {
                            punctual.setHeaderTimeout(properties.headerTimeout());
                        }
                    });
            factory.addContextCustomizers(
                    context -> {
                        if (context.getParent() instanceof Host host) {
                            // What finishes the answer comes around what may still write it.
                            host.getPipeline().addValve(new UnreadBodyValve());
                            host.getPipeline().addValve(new ProblemReportValve(problems));
                        }
                    });
        };
    }
}
