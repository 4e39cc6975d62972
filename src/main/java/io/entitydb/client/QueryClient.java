package io.entitydb.client;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Lists of entities, and of the tags that they carry. */
@HttpExchange(url = "/api/v1/datasets/{dataset}", accept = "application/json")
public interface QueryClient {

    /** Entities that fulfil conditions, which may nest. */
    @PostExchange(url = "/entities:query", contentType = "application/json")
    Page<Entity> query(@PathVariable("dataset") String dataset, @RequestBody EntityQuery query);

    /**
     * Entities that fulfil conditions.
     *
     * @param parameters those of the interface: {@code tag}, {@code any}, {@code not}, {@code
     *     prefix}, {@code namespace}, {@code text}, {@code asOf}, {@code sort} and so on
     */
    @GetExchange("/entities")
    Page<Entity> list(
            @PathVariable("dataset") String dataset,
            @RequestParam MultiValueMap<String, String> parameters);

    /** The namespaces of tags, with the number of their values and entities. */
    @GetExchange("/tags")
    Page<TagCount> namespaces(@PathVariable("dataset") String dataset, PageOptions options);

    /** The values of a namespace, with the number of their entities. */
    @GetExchange("/tags/{namespace}")
    Page<TagCount> values(
            @PathVariable("dataset") String dataset,
            @PathVariable("namespace") String namespace,
            PageOptions options);
}
