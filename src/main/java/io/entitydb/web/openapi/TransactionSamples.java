package io.entitydb.web.openapi;

/** Bodies of transactions that serve as examples in the description of the interface. */
public final class TransactionSamples {

    /** A transaction to be made. */
    public static final String REQUEST =
            """
            {"reason": "price list of May",
             "metadata": {"ticket": "T-17"},
             "operations": [
               {"op": "put", "dataset": "default", "id": "price-17",
                "tags": ["type:price"], "content": {"euro": 12.50}},
               {"op": "put", "dataset": "default", "id": "price-18",
                "tags": ["type:price"], "content": {"euro": 14.00}},
               {"op": "expect", "dataset": "default", "id": "price-list-closed",
                "ifNoneMatch": "*"}]}
            """;

    /** What it did. */
    public static final String ANSWER =
            """
            {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
             "results": [
               {"op": "put", "dataset": "default", "id": "price-17", "version": 1, "status": 201},
               {"op": "put", "dataset": "default", "id": "price-18", "version": 4, "status": 200},
               {"op": "expect", "dataset": "default", "id": "price-list-closed", "status": 200}]}
            """;

    /** A transaction that was made. */
    public static final String TRANSACTION =
            """
            {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
             "principal": "anonymous", "reason": "price list of May",
             "metadata": {"ticket": "T-17"},
             "digest": "5c6b6b60fda73aeea0d3867e83597bef0342bd0f5664879749424374cb6fb94c",
             "changes": [
               {"op": "created", "dataset": "default", "id": "price-17", "version": 1},
               {"op": "updated", "dataset": "default", "id": "price-18", "version": 4}]}
            """;

    private TransactionSamples() {}
}
