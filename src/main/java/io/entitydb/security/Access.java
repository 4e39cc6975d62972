package io.entitydb.security;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.PrincipalSource;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;

import java.util.Optional;

/** What the caller of the present thread may do. */
@Component
public final class Access implements PrincipalSource {

    /** How history names whoever did not say who they are. */
    public static final String ANONYMOUS = "anonymous";

    /** Nobody in particular: may do nothing. */
    static final Caller NOBODY = new Caller(ANONYMOUS, Permissions.NONE, Caller.Method.NONE);

    /** The service itself, on threads that work for no request. */
    private static final Caller SERVICE =
            new Caller(Accounts.SYSTEM, Permissions.ALL, Caller.Method.NONE);

    /** Who works on this thread: the caller of its request, or the service itself. */
    public Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            // A request that passed by the filters is nobody's.
            return RequestContextHolder.getRequestAttributes() == null ? SERVICE : NOBODY;
        }
        return authentication.getPrincipal() instanceof Caller caller ? caller : NOBODY;
    }

    /**
     * Who works on this thread, to be looked at again when it takes long. Whoever needs no token
     * stays.
     */
    public Presence presence() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof CallerAuthentication shown
                ? shown.presence()
                : unchecked(caller());
    }

    private static Presence unchecked(Caller caller) {
        return new Presence(caller, () -> Optional.of(caller), System::nanoTime);
    }

    @Override
    public String current() {
        return caller().name();
    }

    /** Whether the caller has a right; see {@link Permissions#allow}. */
    public boolean allows(Right right, @Nullable String dataset) {
        return caller().permissions().allow(right, dataset);
    }

    /**
     * Checks that the caller has a right. The refusal is the same whether what it is about exists
     * or not.
     *
     * @throws AccessDeniedException if not
     */
    public void require(Right right, @Nullable String dataset) {
        if (!allows(right, dataset)) {
            throw new AccessDeniedException(
                    dataset == null
                            ? "this needs the permission " + right
                            : "this needs the permission " + right + " in dataset " + dataset);
        }
    }

    /**
     * Checks that the caller may do all that others are to be permitted: nobody gives away more
     * than they have.
     *
     * @throws AccessDeniedException if not
     */
    public void requireAll(Permissions permissions) {
        if (!caller().permissions().cover(permissions)) {
            throw new AccessDeniedException(
                    "this is about permissions that you do not have yourself");
        }
    }
}
