package io.entitydb.web.changes;

import jakarta.servlet.ServletOutputStream;

import lombok.RequiredArgsConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes events to a client. They are gathered until {@link #flush}, or until they are more than
 * {@value #BUFFER_BYTES} bytes; sending waits for the client as long as the server allows, so a
 * slow one holds up nobody but itself. Used by one thread.
 *
 * <p><b>Source:</b> HTML Living Standard, "Server-sent events". The data is JSON, which has no line
 * breaks; ids are cursors, which have none either.
 */
@RequiredArgsConstructor
final class EventWriter {

    private static final int BUFFER_BYTES = 64 << 10;

    /** Milliseconds after which a client that lost its connection comes back. */
    private static final int RETRY_MILLIS = 2000;

    private final JsonMapper json;
    private final ServletOutputStream client;
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean isBegun;

    /** Whether there was an event: before the first, another answer can be given. */
    boolean isBegun() {
        return isBegun;
    }

    /**
     * Adds an event.
     *
     * @param id the place right behind it; an empty one has the client forget its place
     * @throws IOException if the client is gone, or takes nothing for too long
     */
    void event(String name, String id, Object data) throws IOException {
        write(name, "id: " + id + "\n", data);
    }

    /** Adds an event that has no place: the client keeps the one that it has. */
    void event(String name, Object data) throws IOException {
        write(name, "", data);
    }

    private void write(String name, String place, Object data) throws IOException {
        String retry = isBegun ? "" : "retry: " + RETRY_MILLIS + "\n\n";
        isBegun = true;
        String text = json.writeValueAsString(data);
        gathered.writeBytes(
                (retry + "event: " + name + "\n" + place + "data: " + text + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        if (gathered.size() >= BUFFER_BYTES) {
            flush();
            // What a large event took is not kept for a feed that may last for days.
            gathered = new ByteArrayOutputStream();
        }
    }

    /**
     * Sends what was gathered.
     *
     * @throws IOException if the client is gone, or takes nothing for too long
     */
    void flush() throws IOException {
        if (gathered.size() > 0) {
            gathered.writeTo(client);
            gathered.reset();
            client.flush();
        }
    }
}
