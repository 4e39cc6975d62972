package io.entitydb.query;

import io.entitydb.temporal.AsOf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Tells which tags entities carry. Every answer reflects every transaction acknowledged before the
 * call; what was erased is left out as soon as the index has learnt of it.
 */
public interface TagSearch {

    /**
     * One page of the namespaces that living entities of a dataset use, in the order in which tags
     * of them stand.
     *
     * @param asOf the instant or transaction that is asked about; null for the present
     * @throws io.entitydb.entity.InvalidQueryException if the cursor is damaged or belongs to
     *     another question, or the point lies in the future
     * @throws SearchUnavailableException if the answer cannot be given now; it is worth trying
     *     again
     */
    Page<NamespaceCount> namespaces(String dataset, @Nullable AsOf asOf, PageRequest page);

    /**
     * One page of the values of a namespace that living entities carry, ordered by their bytes.
     *
     * @param asOf the instant or transaction that is asked about; null for the present
     * @throws io.entitydb.entity.InvalidQueryException if the cursor is damaged or belongs to
     *     another question, or the point lies in the future
     * @throws SearchUnavailableException if the answer cannot be given now; it is worth trying
     *     again
     */
    Page<ValueCount> values(
            String dataset, String namespace, @Nullable AsOf asOf, PageRequest page);

    /**
     * How a whole answer is made up. What was erased is left out as soon as the index has learnt of
     * it.
     *
     * @return one facet for each namespace, in their order
     * @throws SearchUnavailableException if the answer cannot be given now; it is worth trying
     *     again
     */
    List<Facet> facets(EntityQuery query, FacetRequest request);
}
