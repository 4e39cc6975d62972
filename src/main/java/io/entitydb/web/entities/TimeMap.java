package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.query.Page;
import io.entitydb.web.http.AcceptDatetime;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.util.UriComponentsBuilder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A page of an entity's history as a TimeMap.
 *
 * <p><b>Shape:</b> {@code application/link-format}, a link a line. <b>Source:</b> RFC 7089, section
 * 5.
 */
final class TimeMap {

    private static final MediaType LINK_FORMAT = MediaType.parseMediaType(Mementos.LINK_FORMAT);

    private TimeMap() {}

    /** Whether a client prefers a TimeMap to JSON. */
    static boolean isPreferred(HttpServletRequest request) {
        List<MediaType> accepted =
                new ArrayList<>(
                        MediaType.parseMediaTypes(
                                Collections.list(request.getHeaders(HttpHeaders.ACCEPT))));
        MimeTypeUtils.sortBySpecificity(accepted);
        for (MediaType type : accepted) {
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.includes(LINK_FORMAT)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text of a TimeMap.
     *
     * @param newest the number of the newest version when the page was asked for
     * @param request what the page answers
     */
    static String of(EntityKey key, Page<Entity> page, long newest, HttpServletRequest request) {
        List<Entity> versions =
                page.items().stream().filter(version -> !version.isErased()).toList();
        List<String> links = new ArrayList<>();
        links.add(Mementos.linkToOriginal(key));
        links.add(self(key, versions, request.getQueryString()));
        if (page.next() != null) {
            links.add(timeMap(key, "timemap", next(request.getQueryString(), page.next())));
        }
        long highest =
                versions.stream().mapToLong(version -> version.version().number()).max().orElse(0);
        for (Entity version : versions) {
            long number = version.version().number();
            String first = number == 1 ? "first " : "";
            String last = number == Math.max(newest, highest) ? "last " : "";
            links.add(Mementos.linkTo(version, first + last + "memento"));
        }
        return String.join(",\n", links) + "\n";
    }

    private static String self(EntityKey key, List<Entity> versions, @Nullable String query) {
        String self = timeMap(key, "self", query == null ? "" : "?" + query);
        if (versions.isEmpty()) {
            return self;
        }
        Entity one = versions.getFirst();
        Entity other = versions.getLast();
        boolean isAscending = one.version().number() <= other.version().number();
        return self
                + ";from=\""
                + datetime(isAscending ? one : other)
                + "\";until=\""
                + datetime(isAscending ? other : one)
                + "\"";
    }

    private static String datetime(Entity version) {
        return AcceptDatetime.format(version.version().at());
    }

    private static String timeMap(EntityKey key, String relation, String query) {
        return "<"
                + Mementos.uriOf(key)
                + "/versions"
                + query
                + ">;rel=\""
                + relation
                + "\";type=\""
                + Mementos.LINK_FORMAT
                + "\"";
    }

    private static String next(@Nullable String query, String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
        if (query != null) {
            uri.query(query);
        }
        return uri.replaceQueryParam("cursor", cursor).build(true).toUriString();
    }
}
