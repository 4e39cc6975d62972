package io.entitydb.security;

import io.entitydb.entity.Tag;

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
                .flatMap(key -> enabled(key.user()).map(account -> caller(account, key)));
    }

    /**
     * Who a caller is now, without asking for the token again; empty if they would not be let in
     * any more. Of an access token the end does not count: a request may take longer than it lives.
     */
    Optional<Caller> again(Caller caller) {
        return switch (caller.method()) {
            case NONE, OIDC -> Optional.of(caller);
            case TOKEN -> {
                String session = String.valueOf(caller.session());
                yield enabled(caller.name())
                        .filter(account -> sessions.isLiving(session, account))
                        .map(account -> caller(account, session));
            }
            case KEY ->
                    keys.find(String.valueOf(caller.key()))
                            .flatMap(key -> enabled(key.user()).map(user -> caller(user, key)));
        };
    }

    /** The system user owns what the service writes, and never comes in. */
    private Optional<Account> enabled(String user) {
        return accounts.find(user)
                .filter(Account::isEnabled)
                .filter(account -> !account.name().equals(Accounts.SYSTEM));
    }

    private Caller caller(Account account, String session) {
        return new Caller(
                account.name(),
                roles.permissions(account.tags()),
                Caller.Method.TOKEN,
                session,
                null);
    }

    private Caller caller(Account account, ApiKeys.Stored key) {
        Permissions all = roles.permissions(account.tags());
        Set<Tag> bounds = key.bounds();
        Permissions some = bounds == null ? all : all.within(roles.permissions(bounds));
        return new Caller(account.name(), some, Caller.Method.KEY, null, key.id());
    }
}
