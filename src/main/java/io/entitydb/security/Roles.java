package io.entitydb.security;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;

import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Named sets of permissions: three that are always there, and others as entities of the reserved
 * dataset. A tag {@code rbac:role:<name>} gives one to a user.
 */
@Component
public final class Roles {

    /** Shape of a name. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    /** May do everything. */
    public static final Tag ADMIN = tag("admin");

    private static final String NAMESPACE = "rbac";
    private static final String ROLE = "role:";
    private static final String PREFIX = "role/";
    private static final Tag TYPE = Tag.parse("type:role");

    private static final Map<String, Permissions> PREDEFINED =
            Map.of(
                    "admin",
                    Permissions.ALL,
                    "editor",
                    everywhere(
                            Right.ENTITY_VIEW,
                            Right.ENTITY_CREATE,
                            Right.ENTITY_UPDATE,
                            Right.ENTITY_DELETE),
                    "viewer",
                    everywhere(Right.ENTITY_VIEW));

    private static final EntityQuery ALL = SystemRecords.living(TYPE);

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Versioned<Role> known;

    Roles(EntityRepository repository, EntitySearch search) {
        this.repository = repository;
        this.search = search;
        this.known = new Versioned<>(repository, Roles::parse);
    }

    /**
     * A role.
     *
     * @param name its name
     * @param tags what it permits
     * @param isPredefined whether it is always there and never changes
     */
    public record Role(String name, SortedSet<Tag> tags, boolean isPredefined) {

        /** What it permits. */
        public Permissions permissions() {
            return Permissions.of(permissionsAmong(tags));
        }
    }

    /** The tag that gives a role. */
    public static Tag tag(String role) {
        return Tag.parse(NAMESPACE + ":" + ROLE + role);
    }

    /** The entity that a role is, if it is not one of those that are always there. */
    public static EntityKey keyOf(String name) {
        return SystemRecords.key(PREFIX + name);
    }

    /** The name of the role that a tag gives; empty if it gives none. */
    public static Optional<String> roleOf(Tag tag) {
        return tag.namespace().equals(NAMESPACE) && tag.value().startsWith(ROLE)
                ? Optional.of(tag.value().substring(ROLE.length()))
                : Optional.empty();
    }

    /** The names of the roles that are always there. */
    public static Set<String> predefined() {
        return PREDEFINED.keySet();
    }

    /** A role; empty if there is none. */
    public Optional<Role> find(String name) {
        Permissions predefined = PREDEFINED.get(name);
        if (predefined != null) {
            SortedSet<Tag> tags = new TreeSet<>();
            predefined.all().forEach(permission -> tags.add(permission.tag()));
            return Optional.of(new Role(name, tags, true));
        }
        return NAME.matcher(name).matches() ? known.find(keyOf(name)) : Optional.empty();
    }

    /** A page of the roles that are not always there, by name. */
    public Page<Role> list(PageRequest page) {
        return search.search(ALL, page).map(known::of);
    }

    /** Makes a role, or replaces it, within the transaction that surrounds the call. */
    public void save(String name, Set<Tag> tags) {
        Set<Tag> all = new HashSet<>(tags);
        all.add(TYPE);
        repository.save(keyOf(name), EntityDraft.of(all, Content.EMPTY));
    }

    /** Removes a role, within the transaction that surrounds the call. */
    public void delete(String name) {
        repository.delete(keyOf(name));
    }

    /** All that tags permit, by themselves and through the roles that they name. */
    public Permissions permissions(Collection<Tag> tags) {
        Set<Permission> all = permissionsAmong(tags);
        Permissions given = Permissions.NONE;
        for (Tag tag : tags) {
            Permissions more = roleOf(tag).flatMap(this::permissionsOf).orElse(Permissions.NONE);
            if (given.isEmpty()) {
                given = more;
            } else {
                all.addAll(more.all());
            }
        }
        // Most users have one role and nothing else.
        return all.isEmpty() ? given : given.with(all);
    }

    private Optional<Permissions> permissionsOf(String role) {
        Permissions predefined = PREDEFINED.get(role);
        return predefined == null ? find(role).map(Role::permissions) : Optional.of(predefined);
    }

    private static Set<Permission> permissionsAmong(Collection<Tag> tags) {
        Set<Permission> permissions = new HashSet<>();
        tags.forEach(tag -> Permission.of(tag).ifPresent(permissions::add));
        return permissions;
    }

    private static Permissions everywhere(Right... rights) {
        return Permissions.of(
                List.of(rights).stream().map(right -> Permission.of(right, null)).toList());
    }

    private static Role parse(Entity entity) {
        SortedSet<Tag> tags = new TreeSet<>(entity.tags().keySet());
        tags.remove(TYPE);
        return new Role(entity.key().id().substring(PREFIX.length()), tags, false);
    }
}
