package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.AcceptDatetime;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.Shortcut;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers the most frequent request, a read of an entity without parameters and conditions, as
 * {@link EntityController#find} would: the framework's binding of arguments and choice of a
 * representation cost several times the read itself. An answer that is made at once has a length,
 * so it goes out in one piece.
 */
@Component
final class PlainReads implements HandlerAdapter, Shortcut, Ordered {

    /** With one of these the answer may be another one. */
    private static final List<String> SPECIAL =
            List.of(
                    HttpHeaders.IF_NONE_MATCH,
                    HttpHeaders.IF_MATCH,
                    HttpHeaders.IF_MODIFIED_SINCE,
                    HttpHeaders.IF_UNMODIFIED_SINCE,
                    AcceptDatetime.NAME);

    private static final Set<String> ANY_OR_JSON =
            Set.of(MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE);

    private final EntityQueries queries;
    private final JsonMapper json;

    /** Reads by these, and writes as the framework would. */
    PlainReads(EntityQueries queries, JsonMapper json) {
        this.queries = queries;
        this.json = json;
    }

    /** The operation, marked for this adapter. */
    private static final class PlainRead extends HandlerMethod {

        private PlainRead(HandlerMethod operation) {
            super(operation.getBean(), operation.getMethod());
        }

        @Override
        public HandlerMethod createWithResolvedBean() {
            return this;
        }
    }

    private volatile @Nullable PlainRead plain;

    @Override
    public @Nullable HandlerMethod around(HandlerMethod operation, HttpServletRequest request) {
        if (operation.getBeanType() != EntityController.class
                || !operation.getMethod().getName().equals("find")
                || !isPlain(request)) {
            return null;
        }
        PlainRead known = plain;
        if (known == null) {
            known = new PlainRead(operation);
            plain = known;
        }
        return known;
    }

    private static boolean isPlain(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getQueryString() == null
                && SPECIAL.stream().allMatch(name -> request.getHeader(name) == null)
                && takesJson(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    private static boolean takesJson(List<String> accept) {
        return accept.isEmpty() || (accept.size() == 1 && ANY_OR_JSON.contains(accept.getFirst()));
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof PlainRead;
    }

    @Override
    public @Nullable ModelAndView handle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Map<?, ?> path =
                (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Entity entity =
                queries.find(
                        Datasets.entityKey(
                                String.valueOf(path.get("dataset")),
                                String.valueOf(path.get("id"))));
        byte[] body =
                json.writeValueAsBytes(EntityView.DEFAULT.show(entity, ContentInlining.ofSmall()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.setHeader(HttpHeaders.ETAG, EntityTags.of(entity.version().number()));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return null;
    }

    /** Before the framework's own, which takes every operation. */
    @Override
    public int getOrder() {
        return 0;
    }
}
