package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.Page;
import io.entitydb.web.WebProperties;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.PageDocument;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Makes answers out of entities. */
@Component
@RequiredArgsConstructor
class EntityAnswers {

    private final WebProperties properties;

    /** The largest content that is put into one answer, or held in memory otherwise. */
    long maxContentBytes() {
        return properties.maxBody().toBytes();
    }

    /** Part of an answer that says which version it shows. */
    static ResponseEntity.BodyBuilder tagged(HttpStatus status, Entity entity) {
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(entity.version().number()))
                .cacheControl(CacheControl.noCache());
    }

    /** The entity that was made, and where it is. */
    static ResponseEntity<EntityDocument> created(Entity entity) {
        return tagged(HttpStatus.CREATED, entity)
                .location(ApiPaths.entity(entity.key().dataset(), entity.key().id()))
                .body(EntityView.DEFAULT.show(entity, ContentInlining.ofSmall()));
    }

    /** The entity after a change. */
    static ResponseEntity<EntityDocument> changed(HttpStatus status, Entity entity) {
        return tagged(status, entity)
                .body(EntityView.DEFAULT.show(entity, ContentInlining.ofSmall()));
    }

    /**
     * A single entity.
     *
     * @param fields the parameter {@code fields}
     * @param content the parameter {@code content}: include, json or null
     * @throws InvalidQueryException naming the parameter with a wrong value
     */
    EntityDocument show(Entity entity, @Nullable String fields, @Nullable String content) {
        ContentInlining inlining =
                switch (content) {
                    case null -> ContentInlining.ofSmall();
                    case "include" ->
                            ContentInlining.ofAsked(ContentForm.BASE64, maxContentBytes());
                    case "json" -> ContentInlining.ofAsked(ContentForm.JSON, maxContentBytes());
                    default ->
                            throw new InvalidQueryException(
                                    "content", "content is include or json");
                };
        return EntityView.of(fields, EntityView.DEFAULT).show(entity, inlining);
    }

    /**
     * A page of entities.
     *
     * @param view the members that are shown
     * @param content the parameter {@code content}: json or null
     * @throws InvalidQueryException if the parameter has another value
     */
    static PageDocument<EntityDocument> page(
            Page<Entity> page, EntityView view, @Nullable String content) {
        ContentInlining inlining =
                switch (content) {
                    case null -> ContentInlining.ofPage(ContentForm.BASE64);
                    case "json" -> ContentInlining.ofPage(ContentForm.JSON);
                    default -> throw new InvalidQueryException("content", "content is json");
                };
        return PageDocument.of(page.map(entity -> view.show(entity, inlining)));
    }
}
