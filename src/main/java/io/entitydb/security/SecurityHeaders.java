package io.entitydb.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;

/**
 * What answers tell browsers: that they are no pages, belong into no frame, and are not kept for
 * others. The rest is Spring Security's own, among it that HTTPS is to be kept to.
 */
public final class SecurityHeaders implements HeaderWriter {

    private static final String POLICY = "Content-Security-Policy";
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";
    private static final String OWN_PAGE =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** An answer belongs to who asked, who asks whether it is still good before using it again. */
    private static final String PRIVATE = "private, no-cache";

    private static final SecurityHeaders INSTANCE = new SecurityHeaders();
    private static final HstsHeaderWriter TRANSPORT = new HstsHeaderWriter();

    private static final String REFERRER = "Referrer-Policy";

    /** Puts the headers into an answer that did not come by Spring Security's filters. */
    public static void complete(HttpServletResponse response) {
        response.setHeader(POLICY, NO_PAGE);
        browserRules(response);
    }

    private static void browserRules(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(
                REFERRER, ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER.getPolicy());
    }

    /** Puts all headers into an answer that did not come by Spring Security's filters. */
    public static void all(HttpServletRequest request, HttpServletResponse response) {
        browserRules(response);
        response.setHeader("X-XSS-Protection", "0");
        TRANSPORT.writeHeaders(request, response);
        INSTANCE.writeHeaders(request, response);
    }

    static void configure(HeadersConfigurer<HttpSecurity> headers) {
        headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                .referrerPolicy(
                        policy ->
                                policy.policy(
                                        ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
                .addHeaderWriter(INSTANCE);
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        boolean isPage = request.getRequestURI().startsWith("/swagger-ui");
        response.setHeader(POLICY, isPage ? OWN_PAGE : NO_PAGE);
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
    }
}
