package io.entitydb.web.entities;

import io.entitydb.web.direct.DirectOperation;
import io.entitydb.web.direct.DirectRequest;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Preconditions;

import jakarta.servlet.http.HttpServletRequest;

import lombok.RequiredArgsConstructor;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** What clients ask most: to read, to write and to list entities. */
@Configuration(proxyBeanMethods = false)
@RequiredArgsConstructor
class DirectEntities {

    private static final String ENTITY = ApiPaths.ENTITIES + "/{id}";

    private final JsonMapper json;

    @Bean
    DirectOperation directFind(EntityController entities) {
        return DirectOperation.of(
                HttpMethod.GET,
                ENTITY,
                entities,
                "find",
                request ->
                        entities.find(
                                request.dataset(),
                                request.entity(),
                                parameters(request.http()),
                                Preconditions.NONE,
                                request.http()));
    }

    @Bean
    DirectOperation directCreate(EntityController entities) {
        return DirectOperation.of(
                HttpMethod.POST,
                ApiPaths.ENTITIES,
                entities,
                "create",
                request -> entities.create(request.dataset(), body(request)));
    }

    @Bean
    DirectOperation directPut(EntityController entities) {
        return DirectOperation.of(
                HttpMethod.PUT,
                ENTITY,
                entities,
                "put",
                request ->
                        entities.put(
                                request.dataset(),
                                request.entity(),
                                body(request),
                                Preconditions.NONE));
    }

    @Bean
    DirectOperation directList(EntityListController lists) {
        return DirectOperation.of(
                HttpMethod.GET,
                ApiPaths.ENTITIES,
                lists,
                "list",
                request -> ResponseEntity.ok(lists.list(request.dataset(), all(request.http()))));
    }

    private EntityRequest body(DirectRequest request) {
        EntityRequest body = json.readValue(request.body(), EntityRequest.class);
        if (body == null) {
            throw MismatchedInputException.from(null, EntityRequest.class, "null is no entity");
        }
        return body;
    }

    private static ReadParameters parameters(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return ReadParameters.NONE;
        }
        return new ReadParameters(
                request.getParameter("asOf"),
                request.getParameter("fields"),
                request.getParameter("content"));
    }

    private static MultiValueMap<String, String> all(HttpServletRequest request) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        return parameters;
    }
}
