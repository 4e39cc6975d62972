package io.entitydb.web.tags;

import io.entitydb.query.NamespaceCount;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.QueryText;
import io.entitydb.query.TagSearch;
import io.entitydb.query.ValueCount;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Asks which tags a dataset has. */
@Service
@RequiredArgsConstructor
class TagQueries {

    private final TagSearch search;
    private final Datasets datasets;
    private final Reading reading;
    private final TransactionHeader header;

    /**
     * One page of namespaces.
     *
     * @throws io.entitydb.entity.NotFoundException if the dataset does not exist or, for the past,
     *     never did
     */
    Page<NamespaceCount> namespaces(String dataset, @Nullable AsOf asOf, PageRequest request) {
        requireDataset(dataset, asOf);
        return told(search.namespaces(dataset, asOf, request));
    }

    /**
     * One page of the values of a namespace.
     *
     * @throws io.entitydb.entity.InvalidQueryException if no tag has the namespace
     * @throws io.entitydb.entity.NotFoundException if the dataset does not exist or, for the past,
     *     never did
     */
    Page<ValueCount> values(
            String dataset, String namespace, @Nullable AsOf asOf, PageRequest request) {
        QueryText.namespace("namespace", namespace);
        requireDataset(dataset, asOf);
        return told(search.values(dataset, namespace, asOf, request));
    }

    private void requireDataset(String dataset, @Nullable AsOf asOf) {
        reading.read(
                () -> {
                    datasets.requireReadable(dataset, asOf != null);
                    return dataset;
                });
    }

    private <T> Page<T> told(Page<T> page) {
        header.tell(page.snapshot());
        return page;
    }
}
