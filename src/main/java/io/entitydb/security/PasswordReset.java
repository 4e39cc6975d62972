package io.entitydb.security;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.SearchUnavailableException;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.Set;

/**
 * Lets somebody in again who has the files of a store that no service has open, and so has
 * everything anyway: gives a user another password.
 */
public final class PasswordReset {

    private static final EntitySearch NO_SEARCH =
            (query, page) -> {
                throw new SearchUnavailableException("there is no search index here");
            };

    private final Accounts accounts;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;

    /** A reset of users in a repository. */
    public PasswordReset(EntityRepository repository, PlatformTransactionManager manager) {
        JsonMapper json = JsonMapper.builder().build();
        this.accounts = new Accounts(repository, NO_SEARCH, json);
        this.audit = new AuditTrail(repository, NO_SEARCH, new Access(), json);
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * Gives a user another password, lets it in if it was kept out, and ends its sessions; the
     * audit trail keeps that.
     *
     * @param isAdmin whether it also gets the role {@code admin}
     * @throws NotFoundException if there is no such user, or nobody can log in as it
     * @throws IllegalArgumentException if the password is none; the message says what one is
     */
    public void run(String name, String password, boolean isAdmin) {
        requireUser(name);
        if (!Passwords.isAcceptable(password)) {
            throw new IllegalArgumentException(Passwords.RULE);
        }
        String hash = new Passwords().hash(password);
        transactions.executeWithoutResult(status -> write(name, hash, isAdmin));
    }

    /**
     * Checks that there is a user that can log in.
     *
     * @throws NotFoundException if not
     */
    public void requireUser(String name) {
        accounts.require(name);
        if (name.equals(Accounts.SYSTEM)) {
            throw NotFoundException.missing(Accounts.keyOf(name));
        }
    }

    private void write(String name, String hash, boolean isAdmin) {
        accounts.changePassword(accounts.require(name), hash);
        if (!accounts.require(name).isEnabled()) {
            accounts.enable(accounts.require(name), true);
        }
        Account account = accounts.require(name);
        if (isAdmin && !account.tags().contains(Roles.ADMIN)) {
            Set<Tag> tags = new HashSet<>(account.tags());
            tags.add(Roles.ADMIN);
            accounts.retag(account, tags);
        }
        audit.keep(
                new AuditEvent(
                        AuditAction.PASSWORD_CHANGE,
                        AuditEvent.Result.DONE,
                        Accounts.SYSTEM,
                        null,
                        name,
                        isAdmin ? "by a command, with the role admin" : "by a command",
                        null));
    }
}
