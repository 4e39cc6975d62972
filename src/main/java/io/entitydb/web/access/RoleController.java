package io.entitydb.web.access;

import io.entitydb.query.Page;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.security.Roles;
import io.entitydb.web.http.ApiPaths;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;

/** Roles. */
@RestController
@RequestMapping(
        path = ApiPaths.ROLES,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
@RequiredArgsConstructor
@Tag(name = "Users")
class RoleController {

    private final Roles roles;
    private final RoleCommands commands;
    private final TransactionHeader header;

    @Requires(Right.USER_VIEW)
    @GetMapping
    @Operation(
            operationId = "listRoles",
            summary = "List the roles",
            description = "On the first page those that are always there come first.")
    @Example(answer = AccessSamples.ROLES)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<RoleDocument> list(
            @Parameter(
                            description =
                                    "Most roles of the page that were made, 1 to 1000; 50 if left"
                                            + " out")
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = PageParameters.CURSOR)
                    @RequestParam(name = "cursor", required = false)
                    @Nullable String cursor) {
        Page<Roles.Role> page = roles.list(PageParameters.of(limit, cursor, null));
        header.tell(page.snapshot());
        List<RoleDocument> items = new ArrayList<>();
        if (cursor == null) {
            Roles.predefined().stream()
                    .sorted()
                    .map(name -> RoleDocument.of(commands.require(name)))
                    .forEach(items::add);
        }
        page.items().stream().map(RoleDocument::of).forEach(items::add);
        return new PageDocument<>(items, page.next(), page.snapshot(), null);
    }

    @Requires(Right.USER_VIEW)
    @GetMapping("/{role}")
    @Operation(operationId = "getRole", summary = "Read a role")
    @Example(answer = AccessSamples.ROLE)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.ACCOUNT_NOT_FOUND})
    RoleDocument find(@PathVariable("role") String name) {
        return RoleDocument.of(commands.require(name));
    }

    @Requires(Right.USER_MANAGE)
    @PutMapping(path = "/{role}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putRole",
            summary = "Make or replace a role",
            description = "With permissions that the caller has.")
    @Example(request = AccessSamples.ROLE_REQUEST, answer = AccessSamples.ROLE)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY
    })
    RoleDocument put(
            @PathVariable("role") String name,
            @Valid @RequestBody RoleRequest request,
            Preconditions conditions) {
        return RoleDocument.of(commands.save(name, request, conditions));
    }

    @Requires(Right.USER_MANAGE)
    @DeleteMapping("/{role}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteRole",
            summary = "Remove a role",
            description = "Who has it has nothing by it any more.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.ACCOUNT_NOT_FOUND,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY
    })
    void delete(@PathVariable("role") String name, Preconditions conditions) {
        commands.delete(name, conditions);
    }
}
