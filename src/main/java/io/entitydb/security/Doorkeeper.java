package io.entitydb.security;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

/**
 * Lets in who shows a token or key that is accepted, within their limits, as the chain of filters
 * would. Whoever is not let in has to go there, to be told why.
 */
@Component
public final class Doorkeeper {

    private final OneBearerToken resolver;
    private final BearerTokens tokens;
    private final RateLimits limits;
    private final boolean isOnDuty;

    Doorkeeper(
            OneBearerToken resolver,
            BearerTokens tokens,
            RateLimits limits,
            SecurityProperties properties) {
        this.resolver = resolver;
        this.tokens = tokens;
        this.limits = limits;
        this.isOnDuty = properties.enabled();
    }

    /** Who makes a request; null if that is for the filters to find out. */
    public @Nullable Authentication admit(HttpServletRequest request) {
        if (!isOnDuty) {
            return null;
        }
        try {
            String text = resolver.resolve(request);
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
