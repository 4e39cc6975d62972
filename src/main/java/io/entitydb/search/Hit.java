package io.entitydb.search;

/**
 * What the index says.
 *
 * @param place where the entity stands in the order of the answer
 * @param version number of the version that answers the query
 */
record Hit(SortOrder.Place place, long version) {}
