package io.entitydb.benchmark.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** The requests of a measurement as they go over the wire; each client sends them in turn. */
record Requests(List<byte[]> all) {

    static final String DATASET = "bench";
    static final String ENTITIES = "/api/v1/datasets/" + DATASET + "/entities";

    private static final int VARIANTS = 4096;
    private static final int CONTENT_BYTES = 1024;

    /** Copies the list. */
    Requests {
        all = List.copyOf(all);
    }

    /** The id of the n-th entity that is loaded. */
    static String id(int n) {
        return "%016x".formatted(n);
    }

    /** An entity as JSON: 1 KiB that cannot be compressed, a type of 10, a status of 5, … */
    static String entity(SplittableRandom random, String id) {
        byte[] content = new byte[CONTENT_BYTES];
        random.nextBytes(content);
        return """
        {%s"tags":["type:t%d","status:s%d","owner:o%d","serial:%x"],"content":"%s"}"""
                .formatted(
                        id.isEmpty() ? "" : "\"id\":\"" + id + "\",",
                        random.nextInt(10),
                        random.nextInt(5),
                        random.nextInt(1000),
                        random.nextLong(),
                        Base64.getEncoder().encodeToString(content));
    }

    /** Reads of single entities, drawn from those that are loaded. */
    static Requests reads(String token, int loaded) {
        var random = new SplittableRandom(1);
        List<byte[]> all = new ArrayList<>();
        for (int n = 0; n < VARIANTS; n++) {
            all.add(head("GET " + ENTITIES + "/" + id(random.nextInt(loaded)), token, ""));
        }
        return new Requests(all);
    }

    /** Entities to be made under ids that the service chooses. */
    static Requests creations(String token) {
        var random = new SplittableRandom(2);
        List<byte[]> all = new ArrayList<>();
        for (int n = 0; n < VARIANTS; n++) {
            byte[] body = entity(random, "").getBytes(StandardCharsets.US_ASCII);
            String about =
                    "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
            byte[] head = head("POST " + ENTITIES, token, about);
            byte[] request = new byte[head.length + body.length];
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            all.add(request);
        }
        return new Requests(all);
    }

    /** Lists of 50 entities with their contents, under fifty conditions. */
    static Requests queries(String token) {
        List<byte[]> all = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            all.add(head("GET " + query(n), token, ""));
        }
        return new Requests(all);
    }

    static String query(int n) {
        return ENTITIES + "?tag=type:t" + n % 10 + "&tag=status:s" + n / 10 + "&limit=50";
    }

    private static byte[] head(String line, String token, String more) {
        String head =
                line
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + token
                        + "\r\n"
                        + more
                        + "\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes each after its length, for the script of wrk. */
    void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (byte[] request : all) {
                out.write((request.length + "\n").getBytes(StandardCharsets.US_ASCII));
                out.write(request);
            }
        }
    }
}
