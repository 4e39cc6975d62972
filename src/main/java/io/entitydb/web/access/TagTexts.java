package io.entitydb.web.access;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.entitydb.security.Permission;
import io.entitydb.security.Roles;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the tags of users, roles and keys. */
final class TagTexts {

    private static final String RBAC = "rbac";

    private TagTexts() {}

    /**
     * The tags that texts say.
     *
     * @throws InvalidEntityException if one is none, or looks like a permission and gives none
     */
    static SortedSet<Tag> parse(@Nullable List<String> texts, Roles roles) {
        SortedSet<Tag> tags = new TreeSet<>();
        if (texts == null) {
            return tags;
        }
        for (int i = 0; i < texts.size(); i++) {
            String pointer = "/tags/" + i;
            Tag tag;
            try {
                tag = Tag.parse(texts.get(i));
            } catch (InvalidEntityException e) {
                throw new InvalidEntityException(pointer, String.valueOf(e.getMessage()));
            }
            requireMeaning(tag, pointer, roles);
            tags.add(tag);
        }
        return tags;
    }

    /** The tags in one text, for the audit trail. */
    static String join(SortedSet<Tag> tags) {
        return tags.stream().map(Tag::toString).collect(Collectors.joining(" "));
    }

    /** A typo in a permission would silently permit nothing. */
    private static void requireMeaning(Tag tag, String pointer, Roles roles) {
        if (tag.namespace().equals("type")) {
            throw new InvalidEntityException(pointer, "the namespace type is the service's own");
        }
        if (!tag.namespace().equals(RBAC) && !tag.namespace().equals("dataset")) {
            return;
        }
        boolean isRole = Roles.roleOf(tag).flatMap(roles::find).isPresent();
        if (!isRole && Permission.of(tag).isEmpty()) {
            throw new InvalidEntityException(
                    pointer,
                    tag
                            + " gives no role and no permission; see rbac:role:<role>,"
                            + " rbac:perm:<resource>:<action>,"
                            + " dataset:<name>:<resource>:<action>");
        }
    }
}
