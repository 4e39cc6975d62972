package io.entitydb.web.openapi;

/** Lines that serve as examples of import and export. */
public final class TransferSamples {

    /** An export. */
    public static final String EXPORT =
            """
            {"id":"left-pad","dataset":"packages","version":1,"tags":["type:package"],\
            "contentType":"text/plain","contentLength":5,\
            "contentDigest":"sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:",\
            "state":"active","createdAt":"2026-11-23T09:00:00.000000001Z",\
            "updatedAt":"2026-11-23T09:00:00.000000001Z","createdBy":"anonymous",\
            "updatedBy":"anonymous","transaction":8714,"content":"aGVsbG8="}
            {"end":true,"lines":1,"transaction":8714}
            """;

    /** A line to be imported: a body is as many as are wanted. */
    public static final String IMPORT =
            """
            {"id": "left-pad", "tags": ["type:package"], "contentType": "text/plain",
             "content": "aGVsbG8="}
            """;

    /** What an import did. */
    public static final String REPORT =
            """
            {"line":1,"id":"left-pad","status":"created","version":1}
            {"line":2,"id":"right-pad","status":"failed","problem":{"code":"invalid-entity",\
            "detail":"a tag is written namespace:value",\
            "errors":[{"pointer":"/tags/0","detail":"a tag is written namespace:value"}]}}
            {"end":true,"lines":2,"created":1,"updated":0,"deleted":0,"unchanged":0,"failed":1,\
            "transaction":8714}
            """;

    private TransferSamples() {}
}
