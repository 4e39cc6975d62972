package io.entitydb.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A caller as Spring Security carries it. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final transient Supplier<Optional<Caller>> again;

    /**
     * An authentication that was just made.
     *
     * @param again makes it again, from what was shown
     */
    CallerAuthentication(Caller caller, Supplier<Optional<Caller>> again) {
        super(List.of());
        this.caller = caller;
        this.again = again;
        super.setAuthenticated(true);
    }

    /** The caller, to be looked at again later. */
    Presence presence() {
        return new Presence(caller, again, System::nanoTime);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
