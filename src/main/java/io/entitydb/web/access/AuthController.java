package io.entitydb.web.access;

import io.entitydb.security.Access;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.security.SigningKeys;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.openapi.AccessSamples;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who somebody is. */
@RestController
@RequestMapping(
        path = ApiPaths.AUTH,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
@RequiredArgsConstructor
@Tag(name = "Authentication", description = "Tokens, and who they belong to")
class AuthController {

    private final LoginCommands commands;
    private final Access access;
    private final SigningKeys keys;
    private final AuditTrail audit;

    @Requires(isOpen = true)
    @PostMapping(path = "/tokens", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "login",
            summary = "Log in",
            description =
                    "Gives an access token for a few minutes, and a refresh token that gets the"
                            + " next ones, once. A wrong name and a wrong password are answered"
                            + " alike.")
    @SecurityRequirements
    @Example(request = AccessSamples.LOGIN, answer = AccessSamples.TOKENS)
    @Problems({
        ProblemType.LOGIN_FAILED,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.AUTHENTICATION_UNAVAILABLE
    })
    ResponseEntity<TokensDocument> login(@Valid @RequestBody LoginRequest request) {
        return unstored(commands.login(request));
    }

    @Requires(isOpen = true)
    @PostMapping(path = "/tokens:refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "refreshTokens",
            summary = "Get the next tokens",
            description =
                    "A refresh token is good once. One that is used again ends its session, because"
                            + " one of the two who used it is a thief.")
    @SecurityRequirements
    @Example(request = AccessSamples.REFRESH, answer = AccessSamples.TOKENS)
    @Problems({ProblemType.LOGIN_FAILED, ProblemType.TOO_MANY_REQUESTS})
    ResponseEntity<TokensDocument> refresh(@Valid @RequestBody RefreshRequest request) {
        return unstored(commands.refresh(request));
    }

    @Requires
    @DeleteMapping("/tokens/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "logout",
            summary = "Log out",
            description = "Ends the session of the token: none of its tokens is accepted any more.")
    @Problems({ProblemType.ACCESS_DENIED})
    void logout() {
        commands.logout(access.caller());
    }

    @Requires
    @GetMapping("/me")
    @Operation(operationId = "getCaller", summary = "Who makes this request, and what they may do")
    @Example(answer = AccessSamples.CALLER)
    @Problems({})
    CallerDocument me() {
        return CallerDocument.of(access.caller());
    }

    @Requires(Right.USER_MANAGE)
    @PostMapping("/signing-keys:rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "rotateSigningKeys",
            summary = "Sign tokens with another key",
            description =
                    "Tokens of the keys before are still accepted. Where the keys come from a file"
                            + " of the operator, that is changed instead.")
    @Problems({ProblemType.ACCESS_DENIED})
    void rotate() {
        try {
            keys.rotate();
        } catch (IllegalStateException e) {
            throw new ProblemException(ProblemType.ACCESS_DENIED, String.valueOf(e.getMessage()));
        }
        audit.done(AuditAction.SIGNING_KEY_CHANGE, null, null);
    }

    private static ResponseEntity<TokensDocument> unstored(TokensDocument tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens);
    }
}
