package io.entitydb.web.changes;

import io.entitydb.web.Api;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A client that follows a dataset and loses its connection again and again: of live events after
 * some of them, of pages after their answer came and before it was handled. It drops what it has
 * seen. Used by one thread.
 */
final class FeedSubscriber {

    private static final int MOST_EVENTS = 60;

    private final Api api;
    private final int port;
    private final String query;
    private final Random random;
    private final Set<String> seen = new LinkedHashSet<>();
    private String place = "";
    private int disconnects;
    private int repeated;

    FeedSubscriber(Api api, int port, String query, long seed) {
        this.api = api;
        this.port = port;
        this.query = query;
        this.random = new Random(seed);
    }

    /** Follows until it need not any more. */
    void follow(BooleanSupplier isEnough) throws IOException {
        while (!isEnough.getAsBoolean()) {
            if (random.nextBoolean()) {
                live(isEnough);
            } else {
                page();
            }
        }
    }

    private void live(BooleanSupplier isEnough) throws IOException {
        String[] headers = place.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", place};
        int events = 1 + random.nextInt(MOST_EVENTS);
        try (FeedClient feed = FeedClient.open(port, "?" + query + "&since=0", headers)) {
            for (int i = 0; i < events && !isEnough.getAsBoolean(); i++) {
                FeedClient.Event event = feed.next();
                if (event == null || event.id() == null) {
                    throw new AssertionError("the feed ended: " + event);
                }
                if (event.name().equals("change")) {
                    handle(event.data());
                }
                place = event.id();
            }
        }
        disconnects++;
    }

    private void page() {
        String since = place.isEmpty() ? "0" : place;
        int limit = 1 + random.nextInt(MOST_EVENTS);
        JsonNode page =
                api.get(
                                "/api/v1/changes?"
                                        + query
                                        + "&wait=200ms&limit="
                                        + limit
                                        + "&since="
                                        + since)
                        .expect(200)
                        .json();
        page.path("items").forEach(this::handle);
        if (random.nextInt(4) == 0) {
            // As if the client had ended before it could note how far it is.
            disconnects++;
        } else {
            place = page.path("next").asString();
        }
    }

    private void handle(JsonNode change) {
        if (!seen.add(FeedTruth.told(change))) {
            repeated++;
        }
    }

    /** How many different changes it has seen. */
    int size() {
        return seen.size();
    }

    /** What it has seen, in the order of the first times. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** How often it lost its connection. */
    int disconnects() {
        return disconnects;
    }

    /** How many changes it was told more than once. */
    int repeated() {
        return repeated;
    }
}
