package io.entitydb.security;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

import java.util.Enumeration;

/**
 * Lets in who shows a token or key that is accepted, within their limits, as the chain of filters
 * would. Whoever is not let in has to go there, to be told why.
 */
@Component
public final class Doorkeeper {

    private static final String BEARER = "Bearer ";
    private static final boolean[] IS_OF_TOKENS = new boolean[128];

    static {
        for (char c :
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/="
                        .toCharArray()) {
            IS_OF_TOKENS[c] = true;
        }
    }

    private final BearerTokens tokens;
    private final RateLimits limits;
    private final boolean isOnDuty;

    Doorkeeper(BearerTokens tokens, RateLimits limits, SecurityProperties properties) {
        this.tokens = tokens;
        this.limits = limits;
        this.isOnDuty = properties.enabled();
    }

    /** The token in the only header of its kind; null if it does not look like one. */
    private static @Nullable String tokenOf(HttpServletRequest request) {
        Enumeration<String> values = request.getHeaders(HttpHeaders.AUTHORIZATION);
        String value = values.hasMoreElements() ? values.nextElement() : "";
        if (values.hasMoreElements() || !value.startsWith(BEARER)) {
            return null;
        }
        for (int i = BEARER.length(); i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= IS_OF_TOKENS.length || !IS_OF_TOKENS[c]) {
                return null;
            }
        }
        return value.substring(BEARER.length());
    }

    /** Who makes a request; null if that is for the filters to find out. */
    public @Nullable Authentication admit(HttpServletRequest request) {
        if (!isOnDuty) {
            return null;
        }
        try {
            String text = tokenOf(request);
            if (text == null) {
                return null;
            }
            limits.requireOfAddress(request.getRemoteAddr());
            LimitFilter.Count.ADDRESS.markDone(request);
            CallerAuthentication caller = tokens.authenticate(text);
            limits.requireOfPrincipal(caller.getName());
            LimitFilter.Count.CALLER.markDone(request);
            return caller;
        } catch (AuthenticationException e) {
            return null;
        }
    }
}
