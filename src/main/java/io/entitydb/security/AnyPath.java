package io.entitydb.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;

/**
 * Lets every path pass: ids are any text, {@code ..} and slashes in percent-encoding among it.
 *
 * <p>A firewall is for services whose rules are about paths. Here the rights of an operation stand
 * on its method, and the few paths that are open are compared in the same raw form that leads to
 * the operation. What is no text, and parameters of paths, have been refused before.
 */
final class AnyPath implements HttpFirewall {

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return new FirewalledRequest(request) {
            @Override
            public void reset() {
                // Nothing was changed.
            }
        };
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return response;
    }
}
