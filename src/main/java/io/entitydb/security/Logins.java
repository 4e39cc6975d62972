package io.entitydb.security;

import org.springframework.stereotype.Component;

/** What belongs to a login besides the session. */
@Component
public final class Logins {

    private final AccessTokens tokens;
    private final Accounts accounts;
    private final Passwords passwords;
    private final AuditQueue audit;
    private final SecurityProperties properties;

    Logins(
            AccessTokens tokens,
            Accounts accounts,
            Passwords passwords,
            AuditQueue audit,
            SecurityProperties properties) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
        this.properties = properties;
    }

    /** An access token for a session of a user. */
    public String accessToken(String user, String session) {
        return tokens.issue(user, session, properties.accessTokenLifetime());
    }

    /** How long an access token is accepted. */
    public long accessSeconds() {
        return properties.accessTokenLifetime().toSeconds();
    }

    /** How long a refresh token is accepted. */
    public long refreshSeconds() {
        return properties.refreshTokenLifetime().toSeconds();
    }

    /**
     * Hashes a password that was right anew, if its hash was made with less effort than is made
     * today; within the transaction that surrounds the call.
     */
    public void improve(Account account, String password) {
        String hash = account.passwordHash();
        if (hash != null && passwords.isOutdated(hash)) {
            accounts.rehash(account, passwords.hash(password));
        }
    }

    /**
     * Has the trail keep that a login was refused. A name that is none of a user's may be anything,
     * a password too, and is not kept.
     */
    public void refused(String username) {
        String name = accounts.find(username).isPresent() ? username : Access.NOBODY.name();
        audit.refused(
                AuditTrail.event(AuditAction.LOGIN, AuditEvent.Result.REFUSED, name, null, null));
    }
}
