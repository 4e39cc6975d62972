package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.EnumSet;
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

    private final EntityField[] fields;

    private EntityView(Set<EntityField> fields) {
        this.fields = fields.toArray(EntityField[]::new);
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

    /** An entity as JSON, without its content and the times of its tags. */
    public static byte[] withoutContent(Entity entity, JsonMapper json) {
        return json.writeValueAsBytes(WITHOUT_CONTENT.show(entity, ContentInlining.ofSmall()));
    }

    /** The entity as a JSON object. */
    EntityDocument show(Entity entity, ContentInlining inlining) {
        return EntityDocument.of(fields, entity, inlining);
    }

    private static InvalidQueryException unknown(String name) {
        return new InvalidQueryException("fields", "an entity has no field '" + name + "'");
    }
}
