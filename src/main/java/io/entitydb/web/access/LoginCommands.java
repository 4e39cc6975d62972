package io.entitydb.web.access;

import io.entitydb.entity.EntityKey;
import io.entitydb.security.Account;
import io.entitydb.security.Accounts;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditEvent;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Caller;
import io.entitydb.security.ClientAddress;
import io.entitydb.security.FirstStart;
import io.entitydb.security.LoginBackoff;
import io.entitydb.security.Logins;
import io.entitydb.security.Passwords;
import io.entitydb.security.Sessions;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.List;

/** Gives out tokens, and takes them back. */
@Service
@RequiredArgsConstructor
class LoginCommands {

    private static final String REFUSAL = "the name and the password do not belong together";

    private final FirstStart firstStart;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Logins logins;
    private final AuditTrail audit;
    private final Writing writing;
    private final LoginBackoff backoff;

    /**
     * Begins a session.
     *
     * @throws ProblemException if the password is wrong, whatever the reason
     * @throws io.entitydb.security.TooManyRequestsException if too many were
     */
    TokensDocument login(LoginRequest request) {
        ensureUsers();
        try (LoginBackoff.Attempt attempt =
                backoff.begin(request.username(), ClientAddress.current())) {
            return login(request, attempt);
        }
    }

    private TokensDocument login(LoginRequest request, LoginBackoff.Attempt attempt) {
        Account account = accounts.find(request.username()).orElse(null);
        boolean isRight =
                passwords.matches(
                        request.password(), account == null ? null : account.passwordHash());
        if (account == null || !isRight || !account.isEnabled()) {
            attempt.fail();
            throw refused(request.username());
        }
        Sessions.Issued issued =
                writing.write(
                        List.of(Accounts.keyOf(account.name())),
                        () -> begin(account, request.password()));
        if (issued == null) {
            throw refused(request.username());
        }
        attempt.succeed();
        return tokens(account.name(), issued);
    }

    /** The password was compared outside of the transaction: it has to be the same still. */
    private Sessions.@Nullable Issued begin(Account compared, String password) {
        Account account = accounts.find(compared.name()).orElse(null);
        if (account == null
                || !account.isEnabled()
                || account.credentials() != compared.credentials()) {
            return null;
        }
        logins.improve(account, password);
        audit.keep(
                AuditTrail.event(
                        AuditAction.LOGIN, AuditEvent.Result.DONE, account.name(), null, null));
        return sessions.begin(account);
    }

    private ProblemException refused(String username) {
        logins.refused(username);
        return new ProblemException(ProblemType.LOGIN_FAILED, REFUSAL);
    }

    /**
     * Uses a refresh token.
     *
     * @throws ProblemException if it is none that is good
     */
    TokensDocument refresh(RefreshRequest request) {
        EntityKey key =
                Sessions.keyOfToken(request.refreshToken()).orElseThrow(LoginCommands::unknown);
        Sessions.Refresh refresh =
                writing.write(List.of(key), () -> refreshed(request.refreshToken()));
        return switch (refresh) {
            case Sessions.Refresh.Renewed renewed -> tokens(renewed.user(), renewed.issued());
            case Sessions.Refresh.Reused reused -> throw unknown();
            case Sessions.Refresh.Unknown none -> throw unknown();
        };
    }

    private Sessions.Refresh refreshed(String token) {
        Sessions.Refresh refresh = sessions.refresh(token);
        switch (refresh) {
            case Sessions.Refresh.Reused reused ->
                    audit.keep(
                            AuditTrail.event(
                                    AuditAction.TOKEN_REUSE,
                                    AuditEvent.Result.REFUSED,
                                    reused.user(),
                                    null,
                                    null));
            case Sessions.Refresh.Renewed renewed -> {
                String session = renewed.issued().session();
                if (accounts.find(renewed.user())
                        .filter(Account::isEnabled)
                        .filter(account -> sessions.isLiving(session, account))
                        .isEmpty()) {
                    throw unknown();
                }
            }
            case Sessions.Refresh.Unknown none -> {}
        }
        return refresh;
    }

    /** Ends the session of the token that the request was made with. */
    void logout(Caller caller) {
        String session = caller.session();
        if (session == null) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "the request was not made with a token from here");
        }
        writing.write(
                List.of(Sessions.keyOf(session)),
                () -> {
                    sessions.end(session);
                    audit.done(AuditAction.LOGOUT, null, null);
                    return session;
                });
    }

    /** A store that takes no writes has the users that it has. */
    private void ensureUsers() {
        try {
            firstStart.ensure();
        } catch (StorageReadOnlyException e) {
            return;
        }
    }

    private TokensDocument tokens(String user, Sessions.Issued issued) {
        return new TokensDocument(
                logins.accessToken(user, issued.session()),
                "Bearer",
                logins.accessSeconds(),
                issued.token(),
                logins.refreshSeconds());
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.LOGIN_FAILED, "the refresh token is not valid, or was used before");
    }
}
