package io.entitydb.security;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * All that somebody may do.
 *
 * @param all the single permissions
 */
public record Permissions(Set<Permission> all) {

    /** Permits nothing. */
    public static final Permissions NONE = new Permissions(Set.of());

    /** Permits everything. */
    public static final Permissions ALL = new Permissions(Set.of(Permission.ALL));

    /** Copies the permissions. */
    public Permissions {
        all = Set.copyOf(all);
    }

    /** Those permissions together. */
    public static Permissions of(Collection<Permission> permissions) {
        return new Permissions(Set.copyOf(permissions));
    }

    /**
     * Whether a right is given.
     *
     * @param dataset within which dataset; null for a right that must be given for all of them, or
     *     that belongs to none
     */
    public boolean allow(Right right, @Nullable String dataset) {
        return covers(Permission.of(right, dataset));
    }

    /** Whether all that others permit is permitted. */
    public boolean cover(Permissions others) {
        return others.all.stream().allMatch(this::covers);
    }

    /** Whether something in a dataset is permitted, so that it may be known that it exists. */
    public boolean reach(String dataset) {
        return Arrays.stream(Right.values())
                .anyMatch(right -> right.isOfDataset() && allow(right, dataset));
    }

    /** The datasets in which something is permitted; empty if that is every dataset. */
    public Optional<Set<String>> datasets() {
        Set<String> names = new HashSet<>();
        for (Permission permission : all) {
            String dataset = permission.dataset();
            if (dataset != null) {
                names.add(dataset);
            } else if (Arrays.stream(Right.values())
                    .anyMatch(
                            right ->
                                    right.isOfDataset()
                                            && permission.covers(Permission.of(right, null)))) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /** Whether a right is given anywhere. */
    public boolean allowSomewhere(Right right) {
        return all.stream()
                .anyMatch(
                        permission ->
                                permission.covers(Permission.of(right, permission.dataset())));
    }

    /** Whether nothing at all is permitted. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** These, and others. */
    public Permissions with(Set<Permission> others) {
        Set<Permission> together = new HashSet<>(all);
        together.addAll(others);
        return new Permissions(together);
    }

    /** What both permit. */
    public Permissions within(Permissions bounds) {
        Set<Permission> both = new HashSet<>();
        for (Permission mine : all) {
            for (Permission bound : bounds.all) {
                mine.and(bound).ifPresent(both::add);
            }
        }
        return new Permissions(both);
    }

    private boolean covers(Permission permission) {
        for (Permission mine : all) {
            if (mine.covers(permission)) {
                return true;
            }
        }
        return false;
    }
}
