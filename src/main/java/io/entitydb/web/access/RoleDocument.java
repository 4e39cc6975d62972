package io.entitydb.web.access;

import io.entitydb.entity.Tag;
import io.entitydb.security.Roles;
import io.swagger.v3.oas.annotations.media.Schema;

import java.util.List;

/**
 * A role as answers show it.
 *
 * @param name its name
 * @param tags what it permits
 * @param isPredefined whether it is always there and never changes
 */
@Schema(name = "Role")
record RoleDocument(
        @Schema(example = "curator") String name,
        List<String> tags,
        @Schema(description = "Whether it is always there and never changes")
                boolean isPredefined) {

    static RoleDocument of(Roles.Role role) {
        return new RoleDocument(
                role.name(), role.tags().stream().map(Tag::toString).toList(), role.isPredefined());
    }
}
