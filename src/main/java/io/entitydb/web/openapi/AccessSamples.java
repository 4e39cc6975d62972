package io.entitydb.web.openapi;

/** Bodies that serve as examples of logins, users and roles. */
public final class AccessSamples {

    /** A login. */
    public static final String LOGIN =
            """
            {"username": "ada", "password": "correct horse battery"}
            """;

    /** Tokens. */
    public static final String TOKENS =
            """
            {"accessToken": "eyJraWQiOiJ2…", "tokenType": "Bearer", "expiresIn": 600,
             "refreshToken": "edbr_0f6a1c2e3b4d5f60718293a4b5c6d7e8_Zm9v…",
             "refreshExpiresIn": 1209600}
            """;

    /** A refresh token that is used. */
    public static final String REFRESH =
            """
            {"refreshToken": "edbr_0f6a1c2e3b4d5f60718293a4b5c6d7e8_Zm9v…"}
            """;

    /** Who makes a request. */
    public static final String CALLER =
            """
            {"name": "ada", "method": "token",
             "permissions": ["rbac:perm:entity:create", "rbac:perm:entity:view"]}
            """;

    /** A user that is to be made. */
    public static final String USER_REQUEST =
            """
            {"name": "ada", "password": "correct horse battery", "displayName": "Ada Lovelace",
             "tags": ["rbac:role:editor"]}
            """;

    /** A user. */
    public static final String USER =
            """
            {"name": "ada", "uuid": "7d9f2a34-5c1e-4b8a-9a51-0f3c7e6b2d18",
             "displayName": "Ada Lovelace", "state": "active", "hasPassword": true,
             "tags": ["rbac:role:editor"], "version": 1}
            """;

    /** A page of users. */
    public static final String USERS =
            """
            {"items": [{"name": "ada", "uuid": "7d9f2a34-5c1e-4b8a-9a51-0f3c7e6b2d18",
                        "state": "active", "hasPassword": true, "tags": ["rbac:role:editor"],
                        "version": 1}],
             "snapshot": 8714}
            """;

    /** A change to a user. */
    public static final String USER_PATCH =
            """
            {"state": "disabled", "tags": ["dataset:packages:entity:view"]}
            """;

    /** Another password. */
    public static final String PASSWORD =
            """
            {"current": "correct horse battery", "password": "staple, and another one"}
            """;

    /** A key that is to be made. */
    public static final String KEY_REQUEST =
            """
            {"label": "nightly import", "expiresInDays": 90,
             "tags": ["dataset:packages:entity:create"]}
            """;

    /** A key, in the answer that made it. */
    public static final String KEY =
            """
            {"id": "0f6a1c2e3b4d5f60718293a4b5c6d7e8", "label": "nightly import",
             "expiresAt": "2027-02-21T09:00:00Z", "tags": ["dataset:packages:entity:create"],
             "key": "edbk_0f6a1c2e3b4d5f60718293a4b5c6d7e8_Zm9v…"}
            """;

    /** A page of keys. */
    public static final String KEYS =
            """
            {"items": [{"id": "0f6a1c2e3b4d5f60718293a4b5c6d7e8", "label": "nightly import",
                        "expiresAt": "2027-02-21T09:00:00Z"}],
             "snapshot": 8714}
            """;

    /** A role that is to be made. */
    public static final String ROLE_REQUEST =
            """
            {"tags": ["dataset:packages:entity:*"]}
            """;

    /** A role. */
    public static final String ROLE =
            """
            {"name": "curator", "tags": ["dataset:packages:entity:*"], "isPredefined": false}
            """;

    /** A page of roles. */
    public static final String ROLES =
            """
            {"items": [{"name": "viewer", "tags": ["rbac:perm:entity:view"], "isPredefined": true}],
             "snapshot": 8714}
            """;

    /** A page of the audit trail. */
    public static final String AUDIT =
            """
            {"items": [{"id": "0f6a1c2e3b4d5f60718293a4b5c6d7e8",
                        "at": "2027-02-21T09:00:00.123456789Z", "action": "user-change",
                        "result": "done", "principal": "admin", "address": "192.0.2.17",
                        "target": "ada", "detail": "tags: rbac:role:viewer",
                        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "transaction": 8714}],
             "snapshot": 8714}
            """;

    private AccessSamples() {}
}
