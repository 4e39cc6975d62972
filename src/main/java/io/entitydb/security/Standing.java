package io.entitydb.security;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityRepository;

import org.springframework.stereotype.Component;

/**
 * Looks again whether the caller may still do what they might when the request began: between its
 * head and its end lies as much time as the client wants to take for the body.
 */
@Component
public final class Standing {

    private final Access access;
    private final Callers callers;
    private final Accounts accounts;
    private final EntityRepository repository;

    Standing(Access access, Callers callers, Accounts accounts, EntityRepository repository) {
        this.access = access;
        this.callers = callers;
        this.accounts = accounts;
        this.repository = repository;
    }

    /** Whether a caller would be let in again, with all of the permissions they had. */
    public boolean holds(Caller caller) {
        return callers.again(caller)
                .filter(now -> now.permissions().cover(caller.permissions()))
                .isPresent();
    }

    /**
     * Checks that the caller would be let in again, with all of the permissions they had. Within a
     * transaction that is asked of the state that it begins with.
     *
     * @throws AccessDeniedException if not
     */
    public void require() {
        if (!holds(access.caller())) {
            throw new AccessDeniedException(
                    "what you may do was changed while the request was under way");
        }
    }

    /**
     * Makes the present transaction depend on the user that the caller is: it commits only if
     * nobody changes it until then. So of two users who take away each other's rights one is too
     * late.
     *
     * @param target the user that the transaction changes, if it does: that one it depends on
     *     anyway
     */
    public void rely(String target) {
        Caller caller = access.caller();
        boolean isUser =
                caller.method() == Caller.Method.TOKEN || caller.method() == Caller.Method.KEY;
        if (isUser && !caller.name().equals(target)) {
            accounts.find(caller.name())
                    .ifPresent(
                            account ->
                                    repository.expect(
                                            Accounts.keyOf(account.name()), account.version()));
        }
    }
}
