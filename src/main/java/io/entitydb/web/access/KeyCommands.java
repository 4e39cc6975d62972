package io.entitydb.web.access;

import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.security.Access;
import io.entitydb.security.Account;
import io.entitydb.security.Accounts;
import io.entitydb.security.ApiKeys;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Caller;
import io.entitydb.security.Right;
import io.entitydb.security.Roles;
import io.entitydb.security.Standing;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/** Makes and removes the API keys of users: one's own, or with the right to manage users. */
@Service
@RequiredArgsConstructor
class KeyCommands {

    private final ApiKeys keys;
    private final Accounts accounts;
    private final Roles roles;
    private final Access access;
    private final Standing standing;
    private final AuditTrail audit;
    private final Writing writing;

    /** Makes a key; the answer is the only place where it is shown. */
    KeyDocument create(String user, KeyRequest request) {
        Account account = owner(user, Right.USER_MANAGE);
        if (user.equals(Accounts.SYSTEM)) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "nobody comes in as the system user");
        }
        if (access.caller().method() == Caller.Method.KEY) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "a key cannot be made with a key: log in");
        }
        SortedSet<Tag> bounds =
                request.tags() == null ? null : TagTexts.parse(request.tags(), roles);
        access.requireAll(roles.permissions(bounds == null ? account.tags() : bounds));
        Instant expiresAt = Instant.now().plus(Duration.ofDays(request.expiresInDays()));
        String id = ApiKeys.newId();
        String text =
                writing.write(
                        List.of(Accounts.keyOf(user), ApiKeys.keyOf(id)),
                        () -> {
                            standing.rely("");
                            String made = keys.create(id, user, request.label(), expiresAt, bounds);
                            audit.done(AuditAction.KEY_CREATE, user, id);
                            return made;
                        });
        return KeyDocument.of(
                new ApiKeys.Stored(
                        id, user, request.label(), "", expiresAt.getEpochSecond(), bounds),
                text);
    }

    /** A page of the keys of a user. */
    Page<ApiKeys.Stored> list(String user, PageRequest page) {
        owner(user, Right.USER_VIEW);
        return keys.list(user, page);
    }

    /** Removes a key: it is not accepted any more. */
    void delete(String user, String id) {
        owner(user, Right.USER_MANAGE);
        if (!id.matches("[0-9a-f]{32}")) {
            throw missing(id);
        }
        writing.write(
                List.of(ApiKeys.keyOf(id)),
                () -> {
                    try {
                        keys.delete(user, id);
                    } catch (NotFoundException e) {
                        throw missing(id);
                    }
                    audit.done(AuditAction.KEY_DELETE, user, id);
                    return id;
                });
    }

    /** Who is logged in sees to their own keys. A key, which may be bounded, needs the right to. */
    private Account owner(String user, Right right) {
        Caller caller = access.caller();
        boolean isOwn = caller.name().equals(user) && caller.method() == Caller.Method.TOKEN;
        if (!isOwn) {
            access.require(right, null);
        }
        Account account = accounts.find(user).orElseThrow(() -> UserCommands.missing(user));
        if (!isOwn && right == Right.USER_MANAGE) {
            access.requireAll(roles.permissions(account.tags()));
        }
        return account;
    }

    private static ProblemException missing(String id) {
        return new ProblemException(ProblemType.ACCOUNT_NOT_FOUND, "there is no key " + id);
    }
}
