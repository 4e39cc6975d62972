package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.web.http.DigestField;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.io.SerializedString;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The members of an entity in answers, in their order. */
enum EntityField {
    ID("id") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.key().id();
        }
    },
    DATASET("dataset") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.key().dataset();
        }
    },
    VERSION("version") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.version().number();
        }
    },
    TAGS("tags") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return new WrittenTags(entity.tags().keySet());
        }
    },
    TAG_TIMES("tagTimes") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            Map<String, String> times = LinkedHashMap.newLinkedHashMap(entity.tags().size());
            entity.tags().forEach((tag, at) -> times.put(tag.toString(), at.toString()));
            return times;
        }
    },
    CONTENT("content") {
        @Override
        @Nullable Object of(Entity entity, ContentInlining inlining) {
            return entity.isDeleted() ? null : inlining.inline(entity.content());
        }
    },
    CONTENT_TYPE("contentType") {
        @Override
        @Nullable Object of(Entity entity, ContentInlining inlining) {
            return entity.isDeleted() ? null : entity.content().mediaType();
        }
    },
    CONTENT_LENGTH("contentLength") {
        @Override
        @Nullable Object of(Entity entity, ContentInlining inlining) {
            return entity.isDeleted() ? null : entity.content().length();
        }
    },
    CONTENT_DIGEST("contentDigest") {
        @Override
        @Nullable Object of(Entity entity, ContentInlining inlining) {
            return entity.isDeleted() ? null : digest(entity.content());
        }
    },
    STATE("state") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return state(entity);
        }
    },
    CREATED_AT("createdAt") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.createdAt().toString();
        }
    },
    UPDATED_AT("updatedAt") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.version().at().toString();
        }
    },
    CREATED_BY("createdBy") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.createdBy();
        }
    },
    UPDATED_BY("updatedBy") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.version().principal();
        }
    },
    TRANSACTION("transaction") {
        @Override
        Object of(Entity entity, ContentInlining inlining) {
            return entity.version().transaction();
        }
    };

    /** The name as it is written; Jackson encodes it once and never changes it. */
    @SuppressWarnings("ImmutableEnumChecker")
    final SerializedString name;

    private final String member;

    EntityField(String member) {
        this.member = member;
        this.name = new SerializedString(member);
    }

    /** What the member says of an entity; null if nothing. */
    abstract @Nullable Object of(Entity entity, ContentInlining inlining);

    /** The name of the member. */
    String member() {
        return member;
    }

    /** The field of a name, if there is one. */
    static Optional<EntityField> named(String member) {
        return Arrays.stream(values()).filter(field -> field.member.equals(member)).findFirst();
    }

    /** Whether the entity lives, in one word. */
    static String state(Entity entity) {
        if (entity.isErased()) {
            return "erased";
        }
        return entity.isDeleted() ? "deleted" : "active";
    }

    /** The digest in the form of RFC 9530. */
    static String digest(Content content) {
        return DigestField.of(content.digest());
    }
}
