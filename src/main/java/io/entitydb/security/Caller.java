package io.entitydb.security;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name the principal, as history names it
 * @param permissions what they may do, at the moment of the request
 * @param method how they showed who they are
 * @param session the session of a token that was given out here; else null
 * @param key the id of an API key; else null
 */
public record Caller(
        String name,
        Permissions permissions,
        Method method,
        @Nullable String session,
        @Nullable String key) {

    /** A caller who shows neither a token nor a key of this service. */
    public Caller(String name, Permissions permissions, Method method) {
        this(name, permissions, method, null, null);
    }

    /** How somebody shows who they are. */
    public enum Method {
        /** Not at all. */
        NONE,
        /** With an access token that this service signed. */
        TOKEN,
        /** With an API key. */
        KEY,
        /** With a token of another issuer. */
        OIDC
    }

    /** Keeps the session out of logs. */
    @Override
    public String toString() {
        return name;
    }
}
