package io.entitydb.web.openapi;

/** Bodies that serve as examples in the description of the interface. */
public final class Samples {

    /** An entity to be made. */
    public static final String ENTITY_REQUEST =
            """
            {"id": "left-pad",
             "tags": ["type:package", "major:1"],
             "contentType": "application/json",
             "content": {"version": "1.3.0", "downloads": 1341}}
            """;

    /** Tags and content in place of those that an entity has. */
    public static final String ENTITY_REPLACEMENT =
            """
            {"tags": ["type:note", "status:draft"],
             "contentType": "text/plain",
             "content": "aGVsbG8="}
            """;

    /** Changes to single tags. */
    public static final String TAG_PATCH =
            """
            {"tags": {"add": ["reviewed:yes"], "remove": ["status:draft"], "set": {"major": ["2"]}}}
            """;

    /** Changes to tags and JSON content. */
    public static final String MERGE_PATCH =
            """
            {"tags": ["type:package", "major:2"], "content": {"version": "2.0.0"}}
            """;

    /** An entity. */
    public static final String ENTITY =
            """
            {"id": "left-pad", "dataset": "packages", "version": 1,
             "tags": ["major:1", "type:package"],
             "content": "eyJ2ZXJzaW9uIjoiMS4zLjAiLCJkb3dubG9hZHMiOjEzNDF9",
             "contentType": "application/json", "contentLength": 36,
             "contentDigest": "sha-256=:XGtrYP2nOu6g04Z+g1l77wNCvQ9WZIeXSUJDdMtvuMU=:",
             "state": "active",
             "createdAt": "2026-11-23T09:00:00.000000001Z",
             "updatedAt": "2026-11-23T09:00:00.000000001Z",
             "createdBy": "anonymous", "updatedBy": "anonymous", "transaction": 8714}
            """;

    /** A page of entities. */
    public static final String ENTITIES =
            """
            {"items": [{"id": "left-pad", "dataset": "packages", "version": 1,
                        "tags": ["major:1", "type:package"], "state": "active",
                        "createdAt": "2026-11-23T09:00:00.000000001Z",
                        "updatedAt": "2026-11-23T09:00:00.000000001Z",
                        "createdBy": "anonymous", "updatedBy": "anonymous",
                        "transaction": 8714}],
             "next": "AAEAAAAAAAAiCg", "snapshot": 8714}
            """;

    /** What changed between two versions. */
    public static final String DIFF =
            """
            {"id": "left-pad", "dataset": "packages",
             "from": {"version": 1, "transaction": 8714,
                      "at": "2026-11-23T09:00:00.000000001Z", "principal": "anonymous",
                      "state": "active", "contentType": "application/json", "contentLength": 36,
                      "contentDigest": "sha-256=:XGtrYP2nOu6g04Z+g1l77wNCvQ9WZIeXSUJDdMtvuMU=:"},
             "to": {"version": 2, "transaction": 8715,
                    "at": "2026-11-23T09:00:01.000000001Z", "principal": "anonymous",
                    "state": "active", "contentType": "application/json", "contentLength": 36,
                    "contentDigest": "sha-256=:q7K0nLhrTTVqIJZ9EJmGYmYjC8HhtVZMM53QOMKj6eU=:"},
             "tags": {"added": ["major:2"], "removed": ["major:1"]},
             "content": {"changed": true,
                         "patch": [{"op": "replace", "path": "/version", "value": "2.0.0"}]}}
            """;

    /** Who set the parts of an entity. */
    public static final String BLAME =
            """
            {"id": "left-pad", "dataset": "packages", "version": 2,
             "tags": {"major:2": {"version": 2, "transaction": 8715,
                                  "at": "2026-11-23T09:00:01.000000001Z",
                                  "principal": "anonymous"},
                      "type:package": {"version": 1, "transaction": 8714,
                                       "at": "2026-11-23T09:00:00.000000001Z",
                                       "principal": "anonymous"}},
             "content": {"version": 2, "transaction": 8715,
                         "at": "2026-11-23T09:00:01.000000001Z", "principal": "anonymous"}}
            """;

    /** To what an entity shall go back. */
    public static final String REVERT =
            """
            {"to": "v:1"}
            """;

    /** A history as a TimeMap. */
    public static final String TIME_MAP =
            """
            </api/v1/datasets/packages/entities/left-pad>;rel="original timegate",
            </api/v1/datasets/packages/entities/left-pad/versions>;rel="self";\
            type="application/link-format";from="Mon, 23 Nov 2026 09:00:00 GMT";\
            until="Mon, 23 Nov 2026 09:00:00 GMT",
            </api/v1/datasets/packages/entities/left-pad?asOf=v:1>;rel="first last memento";\
            datetime="Mon, 23 Nov 2026 09:00:00 GMT"
            """;

    /** A dataset to be made. */
    public static final String DATASET_REQUEST =
            """
            {"name": "packages"}
            """;

    /** A dataset. */
    public static final String DATASET =
            """
            {"name": "packages", "state": "active", "version": 1,
             "createdAt": "2026-11-23T09:00:00.000000001Z", "createdBy": "anonymous",
             "transaction": 8713}
            """;

    /** A page of datasets. */
    public static final String DATASETS =
            """
            {"items": [{"name": "default", "state": "active"},
                       {"name": "packages", "state": "active", "version": 1,
                        "createdAt": "2026-11-23T09:00:00.000000001Z", "createdBy": "anonymous",
                        "transaction": 8713}],
             "snapshot": 8714}
            """;

    /** A page of changes. */
    public static final String CHANGES =
            """
            {"items": [{"transaction": 8714, "instant": "2026-11-23T09:00:00.000000001Z",
                        "dataset": "packages", "id": "left-pad", "version": 1, "op": "created",
                        "tags": ["major:1", "type:package"], "principal": "anonymous",
                        "cursor": "AQ3lB1kTq0m9bM0u8nK1xg"}],
             "next": "AQ3lB1kTq0m9bM0u8nK1xg", "isComplete": true,
             "checkpoint": {"cursor": "AQ3lB1kTq0m9bM0u8nK1xg",
                            "instant": "2026-11-23T09:00:00.000000001Z"}}
            """;

    /** Events of the feed of changes. */
    public static final String EVENTS =
            """
            event: change
            id: AQ3lB1kTq0m9bM0u8nK1xg
            data: {"transaction":8714,"instant":"2026-11-23T09:00:00.000000001Z","dataset":"packages","id":"left-pad","version":1,"op":"created","tags":["major:1","type:package"],"principal":"anonymous","cursor":"AQ3lB1kTq0m9bM0u8nK1xg"}

            event: checkpoint
            id: AQ3lB1kTq0m9bM0u8nK1xg
            data: {"cursor":"AQ3lB1kTq0m9bM0u8nK1xg","instant":"2026-11-23T09:00:00.000000001Z"}

            """;

    private Samples() {}
}
