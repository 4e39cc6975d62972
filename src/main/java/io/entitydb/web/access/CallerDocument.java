package io.entitydb.web.access;

import io.entitydb.security.Caller;
import io.entitydb.security.Permission;
import io.swagger.v3.oas.annotations.media.Schema;

import java.util.List;
import java.util.Locale;

/**
 * The caller, as answers show it.
 *
 * @param name as history names it
 * @param method how it showed who it is
 * @param permissions all that it may do, as tags
 */
@Schema(name = "Caller")
record CallerDocument(
        @Schema(example = "admin") String name,
        @Schema(
                        example = "token",
                        allowableValues = {"none", "token", "key", "oidc"})
                String method,
        @Schema(description = "As the tags of a user say it") List<String> permissions) {

    static CallerDocument of(Caller caller) {
        return new CallerDocument(
                caller.name(),
                caller.method().name().toLowerCase(Locale.ROOT),
                caller.permissions().all().stream()
                        .map(Permission::tag)
                        .map(Object::toString)
                        .sorted()
                        .toList());
    }
}
