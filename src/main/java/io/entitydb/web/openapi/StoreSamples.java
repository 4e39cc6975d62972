package io.entitydb.web.openapi;

/** Bodies that serve as examples of what is done to the store as a whole. */
public final class StoreSamples {

    /** An operation that is done. */
    public static final String OPERATION =
            """
            {"id": "1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10", "kind": "compaction", "state": "done",
             "startedAt": "2026-11-23T09:00:00.000000001Z",
             "endedAt": "2026-11-23T09:00:04.100000001Z",
             "progress": {"activity": "compaction", "done": 52428800, "total": 52428800},
             "result": {"oldBytes": 52428800, "newBytes": 31457280, "retiredVersions": 1200,
                        "pause": "PT0.12S", "datasets": {}}}
            """;

    /** Operations. */
    public static final String OPERATIONS =
            """
            {"items": [{"id": "1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10", "kind": "compaction",
                        "state": "running", "startedAt": "2026-11-23T09:00:00.000000001Z",
                        "progress": {"activity": "compaction", "done": 1048576,
                                     "total": 52428800}}]}
            """;

    /** An operation that was begun. */
    public static final String BEGUN =
            """
            {"id": "1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10", "kind": "compaction",
             "state": "running", "startedAt": "2026-11-23T09:00:00.000000001Z"}
            """;

    /** An erasure that is asked for. */
    public static final String ERASURE_REQUEST =
            """
            {"confirm": "left-pad", "reason": "request 4711 of the data subject"}
            """;

    /** An erasure that was done. */
    public static final String ERASURE =
            """
            {"id": "1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10", "kind": "erasure", "state": "done",
             "startedAt": "2026-11-23T09:00:00.000000001Z",
             "endedAt": "2026-11-23T09:00:00.000000009Z",
             "result": {"dataset": "packages", "id": "left-pad", "version": 12, "versions": 12}}
            """;

    /** A backup. */
    public static final String BACKUP =
            """
            {"id": "20261123T100000.000Z", "type": "incremental", "base": "20261123T090000.000Z",
             "bytes": 1048576, "madeAt": "2026-11-23T10:00:00.000000000Z",
             "after": {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
                       "digest": "9c1c8f6ec3a34f5d1d6b0ed31fbd56a5a7ed38b79ac1d2e1a9dd7d5de42f1c07"},
             "to": {"transaction": 8720, "instant": "2026-11-23T09:58:00.000000001Z",
                    "digest": "1fb0a1a4a5c3e3f60ed63fe80dffb2e1be0af7a3a7a65a5bb4e9f1b4c5ad2f70"},
             "epoch": 1}
            """;

    /** Backups. */
    public static final String BACKUPS =
            """
            {"items": [{"id": "20261123T090000.000Z", "type": "full",
                        "base": "20261123T090000.000Z", "bytes": 52428800,
                        "madeAt": "2026-11-23T09:00:00.000000000Z",
                        "to": {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
                               "digest": "9c1c8f6ec3a34f5d1d6b0ed31fbd56a5a7ed38b79ac1d2e1a9dd7d5de42f1c07"},
                        "epoch": 1}]}
            """;

    /** A rule of retention. */
    public static final String RETENTION =
            """
            {"maxVersions": 100, "maxAge": "P365D"}
            """;

    /** The store. */
    public static final String STORE =
            """
            {"storeId": "7c0e5f0a-2f0f-4a53-9d2e-0c5b0a3f8d11", "formatVersion": 5, "epoch": 1,
             "createdAt": "2026-11-20T08:00:00.000000001Z", "state": "ready",
             "livingEntities": 5401,
             "newest": {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
                        "digest": "9c1c8f6ec3a34f5d1d6b0ed31fbd56a5a7ed38b79ac1d2e1a9dd7d5de42f1c07"},
             "limits": {"idBytes": 255, "tags": 1000, "tagBytes": 1024, "bodyBytes": 16777216,
                        "contentBytes": 4294967296, "pageItems": 1000}}
            """;

    /** A digest of history. */
    public static final String DIGEST =
            """
            {"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
             "digest": "9c1c8f6ec3a34f5d1d6b0ed31fbd56a5a7ed38b79ac1d2e1a9dd7d5de42f1c07"}
            """;

    private StoreSamples() {}
}
