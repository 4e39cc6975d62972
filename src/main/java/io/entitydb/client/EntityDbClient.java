package io.entitydb.client;

/**
 * A client of one service, by what its requests are about. It may be used by many threads at once.
 *
 * @param entities single entities
 * @param history their versions
 * @param contents their contents as streams of bytes
 * @param queries lists of entities and of tags
 * @param datasets datasets, and how much of the past they keep
 * @param transactions changes to several entities at once
 * @param changes the feed of all changes
 * @param store the store as a whole, and operations on it
 * @param access tokens, users, API keys and roles
 */
public record EntityDbClient(
        EntityClient entities,
        HistoryClient history,
        ContentClient contents,
        QueryClient queries,
        DatasetClient datasets,
        TransactionClient transactions,
        ChangeClient changes,
        StoreClient store,
        AccessClient access) {}
