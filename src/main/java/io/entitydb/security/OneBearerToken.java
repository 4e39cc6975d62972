package io.entitydb.security;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;

import java.util.Collections;

/**
 * The one token of a request: in the header, never in the query or the body. Two headers are
 * refused, because a proxy might have looked at the other one. Whoever asks for tokens shows none:
 * a token that has expired keeps nobody from getting the next.
 */
@Component
final class OneBearerToken implements BearerTokenResolver {

    private final DefaultBearerTokenResolver resolver = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        if (Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidRequest("more than one header Authorization"));
        }
        boolean isLogin =
                request.getRequestURI().equals(SecurityConfiguration.LOGIN)
                        || request.getRequestURI().equals(SecurityConfiguration.REFRESH);
        return isLogin && request.getMethod().equals("POST") ? null : resolver.resolve(request);
    }
}
