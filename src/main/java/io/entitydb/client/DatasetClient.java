package io.entitydb.client;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import java.util.Map;

/** Datasets. */
@HttpExchange(url = "/api/v1/datasets", accept = "application/json")
public interface DatasetClient {

    /** Lists the datasets. */
    @GetExchange
    Page<Dataset> list(PageOptions options);

    /**
     * Makes a dataset.
     *
     * @param request an object with the member {@code name}
     */
    @PostExchange(contentType = "application/json")
    ResponseEntity<Dataset> create(@RequestBody Map<String, String> request);

    /** Makes a dataset. */
    default ResponseEntity<Dataset> create(String name) {
        return create(Map.of("name", name));
    }

    /** Reads a dataset. */
    @GetExchange("/{dataset}")
    ResponseEntity<Dataset> get(@PathVariable("dataset") String dataset);

    /** Deletes a dataset without living entities. */
    @DeleteExchange("/{dataset}")
    ResponseEntity<Void> delete(@PathVariable("dataset") String dataset, WriteOptions options);

    /** Reads how much of the past a dataset keeps. */
    @GetExchange("/{dataset}/retention")
    ResponseEntity<Retention> retention(@PathVariable("dataset") String dataset);

    /** Says how much of the past a dataset keeps; a compaction carries it out. */
    @PutExchange(url = "/{dataset}/retention", contentType = "application/json")
    ResponseEntity<Retention> putRetention(
            @PathVariable("dataset") String dataset,
            @RequestBody Retention rule,
            WriteOptions options);

    /** Lets a dataset keep everything. */
    @DeleteExchange("/{dataset}/retention")
    ResponseEntity<Void> deleteRetention(
            @PathVariable("dataset") String dataset, WriteOptions options);
}
