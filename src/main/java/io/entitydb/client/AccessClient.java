package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import java.util.List;
import java.util.Map;

/** Tokens, users, API keys and roles. */
@HttpExchange(url = "/api/v1", accept = "application/json")
public interface AccessClient {

    /**
     * Logs in.
     *
     * @param request an object with the members {@code username} and {@code password}
     */
    @PostExchange(url = "/auth/tokens", contentType = "application/json")
    Tokens login(@RequestBody Map<String, String> request);

    /** Logs in. A client with the access token is made by {@link EntityDbClients}. */
    default Tokens login(String user, String password) {
        return login(Map.of("username", user, "password", password));
    }

    /**
     * Uses a refresh token, which is good once.
     *
     * @param request an object with the member {@code refreshToken}
     */
    @PostExchange(url = "/auth/tokens:refresh", contentType = "application/json")
    Tokens refresh(@RequestBody Map<String, String> request);

    /** Uses a refresh token, which is good once. */
    default Tokens refresh(String refreshToken) {
        return refresh(Map.of("refreshToken", refreshToken));
    }

    /** Ends the session of the token that this client shows. */
    @DeleteExchange("/auth/tokens/current")
    ResponseEntity<Void> logout();

    /** Who this client is, and what it may do. */
    @GetExchange("/auth/me")
    Identity me();

    /** Lists the users. */
    @GetExchange("/users")
    Page<User> users(PageOptions options);

    /** Makes a user. */
    @PostExchange(url = "/users", contentType = "application/json")
    ResponseEntity<User> createUser(@RequestBody UserRequest request);

    /** Reads a user. */
    @GetExchange("/users/{user}")
    ResponseEntity<User> user(@PathVariable("user") String user);

    /**
     * Changes a user.
     *
     * @param changes an object with some of the members {@code displayName}, {@code state} and
     *     {@code tags}
     */
    @PatchExchange(url = "/users/{user}", contentType = "application/json")
    ResponseEntity<User> changeUser(
            @PathVariable("user") String user,
            @RequestBody Map<String, Object> changes,
            WriteOptions options);

    /** Removes a user; its name is never given again. */
    @DeleteExchange("/users/{user}")
    ResponseEntity<Void> deleteUser(@PathVariable("user") String user, WriteOptions options);

    /**
     * Gives a user another password.
     *
     * @param request an object with the member {@code password}, and {@code current} for one's own
     */
    @PutExchange(url = "/users/{user}/password", contentType = "application/json")
    ResponseEntity<Void> changePassword(
            @PathVariable("user") String user, @RequestBody Map<String, String> request);

    /** Lists the API keys of a user. */
    @GetExchange("/users/{user}/keys")
    Page<ApiKey> keys(@PathVariable("user") String user, PageOptions options);

    /** Makes an API key; the answer is the only place where it is shown. */
    @PostExchange(url = "/users/{user}/keys", contentType = "application/json")
    ResponseEntity<ApiKey> createKey(
            @PathVariable("user") String user, @RequestBody Map<String, Object> request);

    /**
     * Makes an API key.
     *
     * @param tags what it may do at most; null if that is all that the user may do
     */
    default ResponseEntity<ApiKey> createKey(
            String user, String label, int expiresInDays, @Nullable List<String> tags) {
        return createKey(
                user,
                tags == null
                        ? Map.of("label", label, "expiresInDays", expiresInDays)
                        : Map.of("label", label, "expiresInDays", expiresInDays, "tags", tags));
    }

    /** Removes an API key. */
    @DeleteExchange("/users/{user}/keys/{key}")
    ResponseEntity<Void> deleteKey(
            @PathVariable("user") String user, @PathVariable("key") String key);

    /** Lists the roles. */
    @GetExchange("/roles")
    Page<Role> roles(PageOptions options);

    /** Reads a role. */
    @GetExchange("/roles/{role}")
    Role role(@PathVariable("role") String role);

    /**
     * Makes or replaces a role.
     *
     * @param request an object with the member {@code tags}
     */
    @PutExchange(url = "/roles/{role}", contentType = "application/json")
    Role putRole(
            @PathVariable("role") String role,
            @RequestBody Map<String, List<String>> request,
            WriteOptions options);

    /** Removes a role. */
    @DeleteExchange("/roles/{role}")
    ResponseEntity<Void> deleteRole(@PathVariable("role") String role, WriteOptions options);
}
