package io.entitydb.security;

import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.Set;

/**
 * Finds out who shows a token or a key, and what they may do now. All is read anew for each
 * request, so a user who was removed, a session that was ended and a role that was changed count at
 * once.
 */
@Component
final class Callers {

    private final AccessTokens tokens;
    private final Accounts accounts;
    private final Roles roles;
    private final Sessions sessions;
    private final ApiKeys keys;

    Callers(AccessTokens tokens, Accounts accounts, Roles roles, Sessions sessions, ApiKeys keys) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.roles = roles;
        this.sessions = sessions;
        this.keys = keys;
    }

    /** Whether a text is a key; else it is a token. */
    static boolean isKey(String text) {
        return text.startsWith(ApiKeys.MARK);
    }

    /** Who shows an access token of this service. */
    Optional<Caller> ofToken(String text) {
        return tokens.verify(text)
                .flatMap(
                        claims ->
                                enabled(claims.user())
                                        .filter(
                                                account ->
                                                        sessions.isLiving(
                                                                claims.session(), account))
                                        .map(account -> caller(account, claims.session())));
    }

    /** Who shows an API key. */
    Optional<Caller> ofKey(String text) {
        return keys.verify(text)
                .flatMap(key -> enabled(key.user()).map(account -> caller(account, key.bounds())));
    }

    private Optional<Account> enabled(String user) {
        return accounts.find(user).filter(Account::isEnabled);
    }

    private Caller caller(Account account, String session) {
        return new Caller(
                account.name(), roles.permissions(account.tags()), Caller.Method.TOKEN, session);
    }

    private Caller caller(Account account, @Nullable Set<Tag> bounds) {
        Permissions all = roles.permissions(account.tags());
        Permissions some = bounds == null ? all : all.within(roles.permissions(bounds));
        return new Caller(account.name(), some, Caller.Method.KEY, null);
    }
}
