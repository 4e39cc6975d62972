package io.entitydb.web.changes;

import com.fasterxml.jackson.annotation.JsonValue;

import io.entitydb.entity.Entity;

import java.util.Locale;

/** What a change did. */
public enum ChangeOp {
    /** Began the life of an entity, its first or another one after a deletion. */
    CREATED,
    /** Gave a living entity other tags or content. */
    UPDATED,
    /** Ended its life. */
    DELETED,
    /** Brought it back as it stood before its deletion. */
    RESTORED,
    /** Destroyed what it held; or, of a version, what it held was destroyed afterwards. */
    ERASED,
    /** Not known: these transactions were given up by a repair. */
    LOST;

    /** What the version did that an entity shows. */
    public static ChangeOp of(Entity entity) {
        return switch (entity.version().kind()) {
            case PUT -> entity.createdAt().equals(entity.version().at()) ? CREATED : UPDATED;
            case DELETE -> DELETED;
            case RESTORE -> RESTORED;
            case ERASED -> ERASED;
        };
    }

    /** The word in answers. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
