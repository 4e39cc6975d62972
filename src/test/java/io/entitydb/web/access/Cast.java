package io.entitydb.web.access;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Users of a service, each with what it may do, and clients that are logged in as them. */
final class Cast implements AutoCloseable {

    /** The password of all of them. */
    static final String PASSWORD = "correct horse battery";

    private final Api admin;
    private final int port;
    private final Map<String, Api> clients = new LinkedHashMap<>();

    Cast(Api admin, int port) {
        this.admin = admin;
        this.port = port;
    }

    /** Makes a user with these tags, if there is none of the name. */
    void user(String name, String... tags) {
        String all =
                List.of(tags).stream().map(tag -> '"' + tag + '"').collect(Collectors.joining(","));
        Answer made =
                admin.post(
                        "/api/v1/users",
                        """
                        {"name": "%s", "password": "%s", "tags": [%s]}"""
                                .formatted(name, PASSWORD, all));
        if (made.status() != 409) {
            made.expect(201);
        }
    }

    /** A client that is logged in as a user; the same one each time. */
    Api as(String name) {
        return clients.computeIfAbsent(name, user -> Api.loggedIn(port, user, PASSWORD));
    }

    /** Makes a user, and a client that is logged in as it. */
    Api as(String name, String... tags) {
        user(name, tags);
        return as(name);
    }

    /** An access token of a user. */
    String tokenOf(String name) {
        return anonymous().login(name, PASSWORD);
    }

    /** A client that shows nothing. */
    Api anonymous() {
        return clients.computeIfAbsent("", nobody -> new Api(port));
    }

    /** A client that shows a token or key. */
    Api with(String token) {
        return clients.computeIfAbsent("token " + token, any -> Api.withToken(port, token));
    }

    @Override
    public void close() {
        clients.values().forEach(Api::close);
    }
}
