package io.entitydb.security;

import org.springframework.security.core.AuthenticationException;

/** What somebody showed at the beginning of something long is not accepted any more. */
public final class NoLongerAuthenticatedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    NoLongerAuthenticatedException() {
        super("the token is not valid any more: it expired, or it was taken back");
    }
}
