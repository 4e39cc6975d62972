package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which members of an entity an answer shows. */
public final class EntityView {

    /** All members but the times of tags, which are only shown when they are asked for. */
    static final EntityView DEFAULT =
            new EntityView(EnumSet.complementOf(EnumSet.of(EntityField.TAG_TIMES)));

    /** For lists of versions: neither times of tags nor content. */
    static final EntityView WITHOUT_CONTENT =
            new EntityView(
                    EnumSet.complementOf(EnumSet.of(EntityField.TAG_TIMES, EntityField.CONTENT)));

    private static final String ALL = "*";

    private final Set<EntityField> fields;

    private EntityView(Set<EntityField> fields) {
        this.fields = fields;
    }

    /**
     * The view that the parameter {@code fields} says: names parted by commas, or {@code *}. The id
     * is always shown.
     *
     * @param otherwise the view if the parameter is not given
     * @throws InvalidQueryException if there is no such member
     */
    static EntityView of(@Nullable String names, EntityView otherwise) {
        if (names == null) {
            return otherwise;
        }
        Set<EntityField> fields = EnumSet.of(EntityField.ID);
        for (String name : names.split(",", -1)) {
            if (name.equals(ALL)) {
                fields.addAll(EnumSet.allOf(EntityField.class));
            } else {
                fields.add(EntityField.named(name).orElseThrow(() -> unknown(name)));
            }
        }
        return new EntityView(fields);
    }

    /** All members of an entity but its content and the times of its tags, by name, in order. */
    public static Map<String, Object> membersWithoutContent(Entity entity) {
        return WITHOUT_CONTENT.show(entity, ContentInlining.ofSmall()).members();
    }

    /** The entity as a JSON object. */
    EntityDocument show(Entity entity, ContentInlining inlining) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (EntityField field : fields) {
            Object value = field.of(entity, inlining);
            if (value != null) {
                members.put(field.member(), value);
            }
        }
        return new EntityDocument(members);
    }

    private static InvalidQueryException unknown(String name) {
        return new InvalidQueryException("fields", "an entity has no field '" + name + "'");
    }
}
