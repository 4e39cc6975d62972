package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.http.AcceptDatetime;
import io.entitydb.web.http.ApiPaths;

import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells in the headers of an answer how the present and the past of an entity hang together.
 *
 * <p>An entity is its own TimeGate. A version is a Memento; its URI is that of the entity with
 * {@code asOf=v:N}. The history is the TimeMap. An erased version is no Memento, for nothing of it
 * is left. <b>Source:</b> RFC 7089, section 4.1.2 (pattern 1.2).
 */
@Component
@RequiredArgsConstructor
class Mementos {

    /** The media type of a TimeMap. */
    static final String LINK_FORMAT = "application/link-format";

    private static final String MEMENTO_DATETIME = "Memento-Datetime";

    /** Spring's stand-in for the answer of the request that the present thread works on. */
    private final HttpServletResponse response;

    private final EntityRepository repository;

    /** The URI of the version that an entity shows. */
    static String uriOf(Entity version) {
        return uriOf(version.key()) + "?asOf=v:" + version.version().number();
    }

    /** The URI of an entity. */
    static String uriOf(EntityKey key) {
        return ApiPaths.entityText(key.dataset(), key.id());
    }

    /** The link to an entity. */
    static String linkToOriginal(EntityKey key) {
        return linkToOriginal(uriOf(key));
    }

    private static String linkToOriginal(String uri) {
        return "<" + uri + ">;rel=\"original timegate\"";
    }

    /** The link to a version. */
    static String linkTo(Entity version, String relation) {
        return "<"
                + uriOf(version)
                + ">;rel=\""
                + relation
                + "\";datetime=\""
                + AcceptDatetime.format(version.version().at())
                + "\"";
    }

    /** The answer shows the present: it would be another one for another datetime. */
    void tellOriginal(EntityKey key) {
        response.setHeader(HttpHeaders.VARY, AcceptDatetime.NAME);
        response.setHeader(HttpHeaders.LINK, String.join(", ", links(key)));
    }

    /** The answer shows a version, and always will. */
    void tellMemento(Entity version) {
        if (!version.isErased()) {
            response.setHeader(MEMENTO_DATETIME, AcceptDatetime.format(version.version().at()));
        }
        response.setHeader(HttpHeaders.LINK, String.join(", ", links(version.key())));
    }

    /**
     * The answer shows a version because of the datetime that the request prefers.
     *
     * @param newest the newest version
     */
    void tellChosen(Entity version, Entity newest) {
        tellMemento(version);
        response.setHeader(HttpHeaders.VARY, AcceptDatetime.NAME);
        if (!version.isErased()) {
            response.setHeader(HttpHeaders.CONTENT_LOCATION, uriOf(version));
        }
        List<String> links = links(version.key());
        for (var relation : relations(version.version().number(), newest).entrySet()) {
            find(version, newest, relation.getKey())
                    .map(found -> linkTo(found, relation.getValue() + "memento"))
                    .ifPresent(links::add);
        }
        response.setHeader(HttpHeaders.LINK, String.join(", ", links));
    }

    private static List<String> links(EntityKey key) {
        String uri = uriOf(key);
        List<String> links = new ArrayList<>();
        links.add(linkToOriginal(uri));
        links.add("<" + uri + "/versions>;rel=\"timemap\";type=\"" + LINK_FORMAT + "\"");
        return links;
    }

    /** What versions are to the one that is shown, by number. */
    private static Map<Long, String> relations(long shown, Entity newest) {
        long last = newest.version().number();
        Map<Long, String> relations = new LinkedHashMap<>();
        relations.merge(1L, "first ", String::concat);
        relations.merge(last, "last ", String::concat);
        if (shown > 1) {
            relations.merge(shown - 1, "prev ", String::concat);
        }
        if (shown < last) {
            relations.merge(shown + 1, "next ", String::concat);
        }
        relations.putIfAbsent(shown, "");
        return relations;
    }

    /** A version that there is a Memento of. One that is damaged or removed gets no link. */
    private Optional<Entity> find(Entity shown, Entity newest, long number) {
        if (number == shown.version().number()) {
            return Optional.of(shown).filter(version -> !version.isErased());
        }
        if (number == newest.version().number()) {
            return Optional.of(newest).filter(version -> !version.isErased());
        }
        try {
            return repository
                    .find(shown.key(), new AsOf.AtVersion(number))
                    .filter(version -> !version.isErased());
        } catch (CorruptDataException e) {
            // The version that is shown is whole; only the way to its neighbour is not.
            return Optional.empty();
        } catch (NotFoundException e) {
            // The beginning of the history was removed.
            return Optional.empty();
        }
    }
}
