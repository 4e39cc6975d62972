package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.http.Reading;
import io.entitydb.web.json.JsonDiff;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares versions of an entity. A version that says deleted has no tags and no content. */
@Service
@RequiredArgsConstructor
class DiffQueries {

    /** Largest content that is compared as JSON; as values it takes many times as much memory. */
    static final int MAX_JSON_BYTES = 256 * 1024;

    private final EntityRepository repository;
    private final EntityQueries entities;
    private final Reading reading;

    /**
     * What changed between two points.
     *
     * @param from null for the version before
     * @param to null for the newest version
     * @throws NotFoundException if there is no version at a point, or it is erased
     * @throws InvalidQueryException naming the parameter, if a point lies in the future
     */
    DiffDocument between(EntityKey key, @Nullable AsOf from, @Nullable AsOf to) {
        return reading.read(
                () -> {
                    Entity later =
                            to == null
                                    ? repository
                                            .latest(key)
                                            .orElseThrow(() -> entities.missing(key))
                                    : inForce(key, "to", to);
                    Entity earlier = from == null ? before(later) : inForce(key, "from", from);
                    return compare(earlier, later);
                });
    }

    private Entity inForce(EntityKey key, String parameter, AsOf point) {
        try {
            return repository.find(key, point).orElseThrow(() -> entities.missing(key, point));
        } catch (InvalidQueryException e) {
            throw new InvalidQueryException(parameter, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Entity before(Entity entity) {
        long number = entity.version().number();
        return number == 1 ? null : inForce(entity.key(), "from", new AsOf.AtVersion(number - 1));
    }

    private static DiffDocument compare(@Nullable Entity from, Entity to) {
        requireKept(from);
        requireKept(to);
        Set<Tag> before = from == null ? Set.of() : from.tags().keySet();
        Set<Tag> after = to.tags().keySet();
        return new DiffDocument(
                to.key().id(),
                to.key().dataset(),
                from == null ? null : DiffDocument.Side.of(from),
                DiffDocument.Side.of(to),
                new DiffDocument.TagChange(without(after, before), without(before, after)),
                contents(content(from), content(to)));
    }

    private static void requireKept(@Nullable Entity entity) {
        if (entity != null && entity.isErased()) {
            throw NotFoundException.erased(entity.key());
        }
    }

    private static List<String> without(Set<Tag> tags, Set<Tag> others) {
        return tags.stream().filter(tag -> !others.contains(tag)).map(Tag::toString).toList();
    }

    private static @Nullable Content content(@Nullable Entity entity) {
        return entity == null || entity.isDeleted() ? null : entity.content();
    }

    private static DiffDocument.ContentChange contents(
            @Nullable Content from, @Nullable Content to) {
        if (from == null || to == null) {
            boolean isChanged = from != null || to != null;
            return new DiffDocument.ContentChange(isChanged, null, "not-json");
        }
        boolean isChanged = !from.equals(to);
        if (!JsonContent.isJson(from.mediaType()) || !JsonContent.isJson(to.mediaType())) {
            return new DiffDocument.ContentChange(isChanged, null, "not-json");
        }
        if (Math.max(from.length(), to.length()) > MAX_JSON_BYTES) {
            return new DiffDocument.ContentChange(isChanged, null, "too-large");
        }
        Optional<JsonNode> before = JsonContent.parse(from, from.bytes());
        Optional<JsonNode> after = JsonContent.parse(to, to.bytes());
        return before.isPresent() && after.isPresent()
                ? new DiffDocument.ContentChange(
                        isChanged, JsonDiff.between(before.get(), after.get()), null)
                : new DiffDocument.ContentChange(isChanged, null, "not-json");
    }
}
