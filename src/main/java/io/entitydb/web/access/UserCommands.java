package io.entitydb.web.access;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.entitydb.security.Access;
import io.entitydb.security.Account;
import io.entitydb.security.Accounts;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.ClientAddress;
import io.entitydb.security.LoginBackoff;
import io.entitydb.security.Passwords;
import io.entitydb.security.Right;
import io.entitydb.security.Roles;
import io.entitydb.security.Standing;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes, changes and removes users. Nobody touches a user who may do more than they may themselves,
 * and nobody gives away more than they have: so no chain of changes raises anybody's rights beyond
 * those of the ones who made them.
 */
@Service
@RequiredArgsConstructor
class UserCommands {

    private final Accounts accounts;
    private final Roles roles;
    private final Access access;
    private final Standing standing;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final EntityRepository repository;
    private final Writing writing;
    private final LoginBackoff backoff;

    /**
     * Makes a user.
     *
     * @throws ProblemException if the name is, or was, in use
     */
    Account create(UserRequest request) {
        String name = request.name();
        if (!Accounts.NAME.matcher(name).matches()) {
            throw new InvalidEntityException(
                    "/name", "a name is 1 to 63 of a-z, 0-9, . _ @ -, and begins with a-z or 0-9");
        }
        if (name.equals(Access.ANONYMOUS)) {
            throw new InvalidEntityException(
                    "/name", "history names those " + name + " who did not say who they are");
        }
        SortedSet<Tag> tags = TagTexts.parse(request.tags(), roles);
        access.requireAll(roles.permissions(tags));
        String password = request.password();
        requireAcceptable(password);
        String hash = password == null ? null : passwords.hash(password);
        EntityKey key = Accounts.keyOf(name);
        return writing.write(
                List.of(key),
                () -> {
                    standing.rely(name);
                    if (repository.latest(key).isPresent()) {
                        throw new ProblemException(
                                ProblemType.USER_EXISTS, "the name " + name + " is or was in use");
                    }
                    accounts.create(name, UUID.randomUUID(), request.displayName(), hash, tags);
                    audit.done(AuditAction.USER_CREATE, name, TagTexts.join(tags));
                    return require(name);
                });
    }

    /** Changes what a patch names. */
    Account change(String name, UserPatch patch, Preconditions conditions) {
        SortedSet<Tag> tags = patch.tags() == null ? null : TagTexts.parse(patch.tags(), roles);
        write(
                name,
                conditions,
                account -> {
                    if (tags != null) {
                        access.requireAll(roles.permissions(tags));
                        requireAdministrator(account, tags);
                        accounts.retag(account, tags);
                        audit.done(AuditAction.USER_CHANGE, name, TagTexts.join(tags));
                    }
                    if (patch.displayName() != null) {
                        accounts.rename(require(name), patch.displayName());
                        audit.done(AuditAction.USER_CHANGE, name, "displayName");
                    }
                    if (patch.state() != null) {
                        enable(require(name), patch.state());
                    }
                });
        return require(name);
    }

    private void enable(Account account, String state) {
        boolean isOn =
                switch (state) {
                    case UserDocument.ACTIVE -> true;
                    case UserDocument.DISABLED -> false;
                    default ->
                            throw new InvalidEntityException(
                                    "/state", "a state is active or disabled");
                };
        if (!isOn) {
            requireAnother(account, "be disabled");
        }
        accounts.enable(account, isOn);
        audit.done(AuditAction.USER_CHANGE, account.name(), state);
    }

    /** Removes a user: its tokens and keys are not accepted any more. */
    void delete(String name, Preconditions conditions) {
        write(
                name,
                conditions,
                account -> {
                    requireAnother(account, "be removed");
                    accounts.delete(account);
                    audit.done(AuditAction.USER_DELETE, name, null);
                });
    }

    /**
     * Changes a password: one's own with the one before, another's with the right to manage users.
     */
    void changePassword(String name, PasswordRequest request) {
        requireAcceptable(request.password());
        boolean isOwn = access.caller().name().equals(name);
        if (!isOwn) {
            access.require(Right.USER_MANAGE, null);
        }
        Account compared = require(name);
        String current = request.current();
        if (isOwn) {
            requireCurrent(compared, current);
        }
        String hash = passwords.hash(request.password());
        writing.write(
                List.of(Accounts.keyOf(name)),
                () -> {
                    standing.rely(name);
                    Account account = isOwn ? require(name) : touchable(name);
                    if (account.credentials() != compared.credentials()) {
                        throw new ProblemException(
                                ProblemType.LOGIN_FAILED, "the password was changed meanwhile");
                    }
                    accounts.changePassword(account, hash);
                    audit.done(AuditAction.PASSWORD_CHANGE, name, null);
                    return account;
                });
    }

    /** Who has somebody's token may not guess the password with it either. */
    private void requireCurrent(Account account, @Nullable String current) {
        try (LoginBackoff.Attempt attempt =
                backoff.begin(account.name(), ClientAddress.current())) {
            if (current == null || !passwords.matches(current, account.passwordHash())) {
                attempt.fail();
                throw new ProblemException(
                        ProblemType.LOGIN_FAILED, "current is not the password of the user");
            }
            attempt.succeed();
        }
    }

    private void write(String name, Preconditions conditions, Consumer<Account> change) {
        EntityKey key = Accounts.keyOf(require(name).name());
        writing.write(
                List.of(key),
                () -> {
                    standing.rely(name);
                    Account account = touchable(name);
                    conditions.check(repository.latest(key));
                    change.accept(account);
                    return account;
                });
    }

    /** A user whom the caller may change. */
    private Account touchable(String name) {
        Account account = require(name);
        if (name.equals(Accounts.SYSTEM)) {
            throw new ProblemException(ProblemType.ACCESS_DENIED, "the system user never changes");
        }
        access.requireAll(roles.permissions(account.tags()));
        return account;
    }

    /** There is always somebody who can let others in: nobody shuts themselves out. */
    private void requireAnother(Account account, String what) {
        if (access.caller().name().equals(account.name())) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "a user cannot " + what + " by itself");
        }
    }

    private void requireAdministrator(Account account, SortedSet<Tag> tags) {
        boolean isOwn = access.caller().name().equals(account.name());
        if (isOwn && !roles.permissions(tags).cover(roles.permissions(account.tags()))) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "a user cannot take away its own permissions");
        }
    }

    /**
     * A user.
     *
     * @throws ProblemException if there is none
     */
    Account require(String name) {
        return accounts.find(name).orElseThrow(() -> missing(name));
    }

    static ProblemException missing(String name) {
        return new ProblemException(ProblemType.ACCOUNT_NOT_FOUND, "there is no user " + name);
    }

    private static void requireAcceptable(@Nullable String password) {
        if (password != null && !Passwords.isAcceptable(password)) {
            throw new InvalidEntityException("/password", Passwords.RULE);
        }
    }
}
