package io.entitydb.web.access;

import io.entitydb.query.Page;
import io.entitydb.security.Account;
import io.entitydb.security.Accounts;
import io.entitydb.security.ApiKeys;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.openapi.AccessSamples;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;

/** Users and their keys. */
@RestController
@RequestMapping(
        path = ApiPaths.USERS,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
@RequiredArgsConstructor
@Tag(name = "Users", description = "Who may come in, and what they may do")
class UserController {

    private final Accounts accounts;
    private final UserCommands commands;
    private final KeyCommands keys;
    private final TransactionHeader header;

    @Requires(Right.USER_VIEW)
    @GetMapping
    @Operation(operationId = "listUsers", summary = "List the users")
    @Example(answer = AccessSamples.USERS)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<UserDocument> list(
            @Parameter(description = PageParameters.LIMIT)
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = PageParameters.CURSOR)
                    @RequestParam(name = "cursor", required = false)
                    @Nullable String cursor) {
        Page<Account> page = accounts.list(PageParameters.of(limit, cursor, null));
        header.tell(page.snapshot());
        return PageDocument.of(page.map(UserDocument::of));
    }

    @Requires(Right.USER_MANAGE)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createUser",
            summary = "Make a user",
            description =
                    "With roles and permissions that the caller has. A name is never given twice.")
    @Example(request = AccessSamples.USER_REQUEST, answer = AccessSamples.USER)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.USER_EXISTS,
        ProblemType.INVALID_ENTITY,
        ProblemType.AUTHENTICATION_UNAVAILABLE
    })
    ResponseEntity<UserDocument> create(@Valid @RequestBody UserRequest request) {
        Account account = commands.create(request);
        return ResponseEntity.created(URI.create(ApiPaths.USERS + "/" + account.name()))
                .eTag(EntityTags.of(account.version()))
                .body(UserDocument.of(account));
    }

    @Requires(Right.USER_VIEW)
    @GetMapping("/{user}")
    @Operation(operationId = "getUser", summary = "Read a user")
    @Example(answer = AccessSamples.USER)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.ACCOUNT_NOT_FOUND})
    ResponseEntity<UserDocument> find(@PathVariable("user") String name) {
        return answer(commands.require(name));
    }

    @Requires(Right.USER_MANAGE)
    @PatchMapping(path = "/{user}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "changeUser",
            summary = "Change a user",
            description =
                    "What is left out stays; tags are given as a whole. A user whom the caller may"
                            + " not outdo is not changed, and nobody gives away more than they"
                            + " have.")
    @Example(request = AccessSamples.USER_PATCH, answer = AccessSamples.USER)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY
    })
    ResponseEntity<UserDocument> change(
            @PathVariable("user") String name,
            @Valid @RequestBody UserPatch patch,
            Preconditions conditions) {
        return answer(commands.change(name, patch, conditions));
    }

    @Requires(Right.USER_MANAGE)
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteUser",
            summary = "Remove a user",
            description = "Its tokens and keys are not accepted any more. Its history stays.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.VERSION_CONFLICT
    })
    void delete(@PathVariable("user") String name, Preconditions conditions) {
        commands.delete(name, conditions);
    }

    @Requires
    @PutMapping(path = "/{user}/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "changePassword",
            summary = "Change a password",
            description =
                    "One's own with the one before; that of another with user:manage. All sessions"
                            + " of the user end.")
    @Example(request = AccessSamples.PASSWORD)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.LOGIN_FAILED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY,
        ProblemType.TOO_MANY_REQUESTS,
        ProblemType.AUTHENTICATION_UNAVAILABLE
    })
    void changePassword(
            @PathVariable("user") String name, @Valid @RequestBody PasswordRequest request) {
        commands.changePassword(name, request);
    }

    @Requires
    @GetMapping("/{user}/keys")
    @Operation(
            operationId = "listKeys",
            summary = "List the API keys of a user",
            description = "One's own; those of another with user:view.")
    @Example(answer = AccessSamples.KEYS)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<KeyDocument> listKeys(
            @PathVariable("user") String name,
            @Parameter(description = PageParameters.LIMIT)
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = PageParameters.CURSOR)
                    @RequestParam(name = "cursor", required = false)
                    @Nullable String cursor) {
        Page<ApiKeys.Stored> page = keys.list(name, PageParameters.of(limit, cursor, null));
        header.tell(page.snapshot());
        return PageDocument.of(page.map(key -> KeyDocument.of(key, null)));
    }

    @Requires
    @PostMapping(path = "/{user}/keys", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createKey",
            summary = "Make an API key",
            description =
                    "One's own; that of another with user:manage. A key may be bounded to a part of"
                            + " what the user may do. It is shown this once.")
    @Example(request = AccessSamples.KEY_REQUEST, answer = AccessSamples.KEY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.INVALID_ENTITY
    })
    ResponseEntity<KeyDocument> createKey(
            @PathVariable("user") String name, @Valid @RequestBody KeyRequest request) {
        KeyDocument key = keys.create(name, request);
        return ResponseEntity.created(URI.create(ApiPaths.USERS + "/" + name + "/keys/" + key.id()))
                .cacheControl(CacheControl.noStore())
                .body(key);
    }

    @Requires
    @DeleteMapping("/{user}/keys/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteKey",
            summary = "Remove an API key",
            description = "One's own; that of another with user:manage.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.VERSION_CONFLICT
    })
    void deleteKey(@PathVariable("user") String name, @PathVariable("key") String key) {
        keys.delete(name, key);
    }

    private static ResponseEntity<UserDocument> answer(Account account) {
        return ResponseEntity.ok()
                .eTag(EntityTags.of(account.version()))
                .body(UserDocument.of(account));
    }
}
