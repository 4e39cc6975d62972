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

    /** A rule of retention. */
    public static final String RETENTION =
            """
            {"maxVersions": 100, "maxAge": "P365D"}
            """;

    private StoreSamples() {}
}
