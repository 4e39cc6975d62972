package io.entitydb.web.access;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.entitydb.security.Access;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Roles;
import io.entitydb.security.Standing;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Makes, changes and removes roles, within the rights of who does it. */
@Service
@RequiredArgsConstructor
class RoleCommands {

    private final Roles roles;
    private final Access access;
    private final Standing standing;
    private final AuditTrail audit;
    private final EntityRepository repository;
    private final Writing writing;

    /** Makes a role, or replaces it. */
    Roles.Role save(String name, RoleRequest request, Preconditions conditions) {
        requireChangeable(name);
        SortedSet<Tag> tags = TagTexts.parse(request.tags(), roles);
        if (tags.stream().anyMatch(tag -> Roles.roleOf(tag).isPresent())) {
            throw new InvalidEntityException("/tags", "a role holds permissions, not other roles");
        }
        access.requireAll(roles.permissions(tags));
        EntityKey key = Roles.keyOf(name);
        writing.write(
                List.of(key),
                () -> {
                    standing.rely("");
                    roles.find(name).ifPresent(role -> access.requireAll(role.permissions()));
                    conditions.check(repository.find(key));
                    roles.save(name, tags);
                    audit.done(AuditAction.ROLE_CHANGE, name, TagTexts.join(tags));
                    return name;
                });
        return require(name);
    }

    /** Removes a role: who has its tag has nothing by it any more. */
    void delete(String name, Preconditions conditions) {
        requireChangeable(name);
        EntityKey key = Roles.keyOf(name);
        writing.write(
                List.of(key),
                () -> {
                    standing.rely("");
                    access.requireAll(require(name).permissions());
                    conditions.check(repository.find(key));
                    roles.delete(name);
                    audit.done(AuditAction.ROLE_DELETE, name, null);
                    return name;
                });
    }

    /**
     * A role.
     *
     * @throws ProblemException if there is none
     */
    Roles.Role require(String name) {
        Optional<Roles.Role> role = roles.find(name);
        return role.orElseThrow(
                () ->
                        new ProblemException(
                                ProblemType.ACCOUNT_NOT_FOUND, "there is no role " + name));
    }

    private static void requireChangeable(String name) {
        if (!Roles.NAME.matcher(name).matches()) {
            throw new InvalidEntityException(
                    "/role", "a name is 1 to 63 of a-z, 0-9, _ -, and begins with a-z or 0-9");
        }
        if (Roles.predefined().contains(name)) {
            throw new ProblemException(
                    ProblemType.ACCESS_DENIED, "the role " + name + " never changes");
        }
    }
}
