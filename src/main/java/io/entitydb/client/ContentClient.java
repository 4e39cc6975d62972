package io.entitydb.client;

import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import java.io.InputStream;

/** Contents as streams, of which neither side holds more than a piece in memory. */
@HttpExchange("/api/v1/datasets/{dataset}/entities/{id}/content")
public interface ContentClient {

    /**
     * Reads a content. Whoever called closes the stream, which frees the connection. Its media type
     * and digest are in the headers; 206 for a part, 304 without a body where a condition of the
     * options says so.
     */
    @GetExchange(accept = "*/*")
    ResponseEntity<InputStream> read(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            ContentOptions options);

    /**
     * Sends a content; the entity keeps its tags, and is created where it is missing.
     *
     * @param mediaType its media type
     * @param bytes the bytes, such as a {@code FileSystemResource}; an {@code InputStreamResource}
     *     is sent in chunks
     * @param options conditions; a content takes no idempotency key
     */
    @PutExchange(accept = "application/json")
    ResponseEntity<Entity> write(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestHeader("Content-Type") String mediaType,
            @RequestBody Resource bytes,
            WriteOptions options);
}
