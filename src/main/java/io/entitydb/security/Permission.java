package io.entitydb.security;

import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tag of a user or a role permits.
 *
 * <p><b>Shape:</b> {@code rbac:perm:<resource>:<action>} permits something everywhere, {@code
 * dataset:<name>:<resource>:<action>} within one dataset; resource and action may be {@code *}, and
 * {@code rbac:perm:*} permits everything.
 *
 * @param dataset the dataset; null for all of them, and for what belongs to none
 * @param resource a kind of resource, or {@value #ANY}
 * @param action an action, or {@value #ANY}
 */
public record Permission(@Nullable String dataset, String resource, String action) {

    /** Stands for every resource, or every action. */
    public static final String ANY = "*";

    /** Permits everything. */
    public static final Permission ALL = new Permission(null, ANY, ANY);

    private static final String EVERYWHERE = "rbac";
    private static final String WITHIN = "dataset";
    private static final Pattern GLOBAL = Pattern.compile("perm:(?:([a-z]+|\\*):([a-z]+|\\*)|\\*)");
    private static final Pattern SCOPED =
            Pattern.compile("([a-z0-9][a-z0-9_-]{0,62}):(?:([a-z]+|\\*):([a-z]+|\\*)|\\*)");

    /** The permission that is exactly one right. */
    public static Permission of(Right right, @Nullable String dataset) {
        return new Permission(dataset, right.resource(), right.action());
    }

    /** The permission that a tag gives; empty if the tag gives none. */
    public static Optional<Permission> of(Tag tag) {
        if (tag.namespace().equals(EVERYWHERE)) {
            Matcher global = GLOBAL.matcher(tag.value());
            if (global.matches()) {
                return known(null, global.group(1), global.group(2));
            }
        } else if (tag.namespace().equals(WITHIN)) {
            Matcher scoped = SCOPED.matcher(tag.value());
            if (scoped.matches()) {
                return known(scoped.group(1), scoped.group(2), scoped.group(3));
            }
        }
        return Optional.empty();
    }

    private static Optional<Permission> known(
            @Nullable String dataset, @Nullable String resource, @Nullable String action) {
        Permission permission =
                new Permission(
                        dataset, resource == null ? ANY : resource, action == null ? ANY : action);
        return permission.givesSomething() ? Optional.of(permission) : Optional.empty();
    }

    private boolean givesSomething() {
        return Arrays.stream(Right.values())
                .filter(right -> dataset == null || right.isOfDataset())
                .anyMatch(right -> covers(of(right, dataset)));
    }

    /** Whether everything that another one permits is permitted by this one. */
    public boolean covers(Permission other) {
        return (dataset == null || dataset.equals(other.dataset))
                && (resource.equals(ANY) || resource.equals(other.resource))
                && (action.equals(ANY) || action.equals(other.action));
    }

    /** What both permit; empty if that is nothing. */
    public Optional<Permission> and(Permission other) {
        boolean isApart =
                isApart(dataset, other.dataset, null)
                        || isApart(resource, other.resource, ANY)
                        || isApart(action, other.action, ANY);
        if (isApart) {
            return Optional.empty();
        }
        Permission both =
                new Permission(
                        dataset == null ? other.dataset : dataset,
                        resource.equals(ANY) ? other.resource : resource,
                        action.equals(ANY) ? other.action : action);
        return both.givesSomething() ? Optional.of(both) : Optional.empty();
    }

    private static boolean isApart(
            @Nullable String one, @Nullable String other, @Nullable String any) {
        return !Objects.equals(one, any)
                && !Objects.equals(other, any)
                && !Objects.equals(one, other);
    }

    /** The permission as a tag says it. */
    public Tag tag() {
        String what = resource + ":" + action;
        return Tag.parse(
                dataset == null
                        ? EVERYWHERE + ":perm:" + what
                        : WITHIN + ":" + dataset + ":" + what);
    }
}
