package io.entitydb.web.fuzz;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws requests to an operation: one that is meant, with up to three things wrong in it. */
final class RequestDrawer {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    /** A number in it makes a request wait for seconds, which few shall. */
    private static final String MIN_TRANSACTION = "EntityDB-Min-Transaction";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Headers that are no parameters of an operation and that servers look at all the same. */
    private static final List<String> STRANGE_HEADERS =
            List.of(
                    "Accept: text/html",
                    "Accept: nonsense",
                    "Accept: */*;q=0",
                    "Accept: application/link-format",
                    "Accept: application/json;q=2",
                    "Accept-Language: \u00e4",
                    "Accept-Encoding: gzip;q=0",
                    "Content-Type: text/plain",
                    "Content-Type: ;;",
                    "Content-Type: application/json;charset=nonsense",
                    "Content-Type: application/json;charset=ISO-8859-1",
                    "Content-Type: multipart/form-data",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Encoding: gzip",
                    "Content-Length: -1",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: gzip",
                    "Transfer-Encoding: chunked",
                    "Expect: nonsense",
                    "Range: bytes=0-1",
                    "If-Modified-Since: nonsense",
                    "If-Modified-Since: Mon, 23 Nov 2099 21:06:04 GMT",
                    "If-Unmodified-Since: Mon, 23 Nov 2020 21:06:04 GMT",
                    "Origin: http://elsewhere.example",
                    "X-HTTP-Method-Override: DELETE",
                    "X-Forwarded-Prefix: ../..",
                    "X-Forwarded-Host: a b",
                    "Forwarded: for=;;host=\"",
                    "traceparent: nonsense",
                    "traceparent: 00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff",
                    "Authorization: Basic \u00ff",
                    "Cookie: a=\u0001; b",
                    "Upgrade: h2c",
                    "Host: elsewhere.example",
                    "no colon");

    private final Random random;
    private final Vocabulary words;
    private final BodyDrawer bodies;
    private final String key;

    /**
     * Draws requests.
     *
     * @param key an API key that may do everything; a few requests come without it
     */
    RequestDrawer(Random random, Vocabulary words, String key) {
        this.random = random;
        this.key = key;
        this.words = words;
        this.bodies = new BodyDrawer(random, words);
    }

    /** Parts of a request before they are put together. */
    private static final class Draft {
        private String path = "";
        private final List<String> query = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private byte[] body = new byte[0];
        private boolean isMisled;
    }

    /** A request to an operation. */
    RawRequest draw(DescribedOperation operation) {
        Draft draft = new Draft();
        draft.path = pathOf(operation, draft);
        for (DescribedOperation.Parameter each : operation.parametersIn("query")) {
            if (random.nextInt(5) == 0) {
                draft.query.add(each.name() + "=" + HostileText.encoded(word(each)));
            }
        }
        for (DescribedOperation.Parameter each : operation.parametersIn("header")) {
            if (random.nextInt(8) == 0) {
                draft.headers.add(each.name() + ": " + word(each));
            }
        }
        drawBody(operation, draft);
        for (int i = random.nextInt(4); i > 0; i--) {
            spoil(operation, draft);
        }
        return finish(operation, draft);
    }

    private String word(DescribedOperation.Parameter parameter) {
        boolean isWait = parameter.name().equals(MIN_TRANSACTION);
        List<String> described = isWait ? List.of() : parameter.values();
        return words.word(random, parameter.name(), described);
    }

    private String pathOf(DescribedOperation operation, Draft draft) {
        Matcher places = PLACEHOLDER.matcher(operation.path());
        StringBuilder path = new StringBuilder();
        while (places.find()) {
            String segment = HostileText.encoded(words.word(random, places.group(1), List.of()));
            switch (random.nextInt(40)) {
                case 0, 1, 2 -> {
                    segment = HostileText.encoded(HostileText.any(random));
                    draft.isMisled = true;
                }
                case 3 -> {
                    segment = HostileText.misencoded(random);
                    draft.isMisled = true;
                }
                case 4 -> {
                    segment = List.of("..", ".", "", "a/b", "//").get(random.nextInt(5));
                    draft.isMisled = true;
                }
                default -> {
                    // The word that is meant.
                }
            }
            places.appendReplacement(path, Matcher.quoteReplacement(segment));
        }
        return places.appendTail(path).toString();
    }

    private void drawBody(DescribedOperation operation, Draft draft) {
        if (operation.bodies().isEmpty()) {
            return;
        }
        List<Map.Entry<String, JsonNode>> choices = List.copyOf(operation.bodies().entrySet());
        Map.Entry<String, JsonNode> chosen = choices.get(random.nextInt(choices.size()));
        draft.headers.add("Content-Type: " + chosen.getKey());
        if (chosen.getValue().isMissingNode() || chosen.getValue().isNull()) {
            draft.body = new byte[random.nextInt(3_000)];
            random.nextBytes(draft.body);
        } else {
            draft.body =
                    random.nextInt(3) == 0
                            ? bodies.spoiled(chosen.getValue())
                            : bodies.meant(chosen.getValue());
        }
    }

    private void spoil(DescribedOperation operation, Draft draft) {
        List<DescribedOperation.Parameter> known = operation.parametersIn("query");
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                if (!known.isEmpty()) {
                    String name = known.get(random.nextInt(known.size())).name();
                    draft.query.add(name + "=" + HostileText.encoded(hostileFor(name)));
                }
            }
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    draft.query.add(HostileText.misencoded(random) + "=1");
                }
            }
            case 4 -> {
                if (!draft.query.isEmpty()) {
                    draft.query.add(draft.query.get(random.nextInt(draft.query.size())));
                }
            }
            case 5 -> spoilQuery(draft);
            case 6 -> {
                List<DescribedOperation.Parameter> headers = operation.parametersIn("header");
                String name = headers.get(random.nextInt(headers.size())).name();
                draft.headers.add(name + ": " + inHeader(hostileFor(name)));
            }
            default -> spoilHeaders(draft);
        }
    }

    /** Adds one, beside the one of its name that is meant or in its place. */
    private void spoilHeaders(Draft draft) {
        String strange = STRANGE_HEADERS.get(random.nextInt(STRANGE_HEADERS.size()));
        String name = strange.substring(0, strange.indexOf(':') + 1);
        if (!name.isEmpty() && random.nextInt(4) > 0) {
            draft.headers.removeIf(line -> line.startsWith(name));
        }
        draft.headers.add(strange);
    }

    private void spoilQuery(Draft draft) {
        switch (random.nextInt(6)) {
            case 0 -> draft.query.add("unknown=1");
            case 1 -> draft.query.add("Limit=1");
            case 2 -> draft.query.add(HostileText.encoded(HostileText.any(random)) + "=1");
            case 3 -> draft.query.add("a=1&".repeat(1_200));
            case 4 -> draft.query.add("");
            default -> draft.query.add("tag");
        }
    }

    private String hostileFor(String name) {
        String hostile = anyHostileFor(name);
        boolean isWait = name.equals(MIN_TRANSACTION) && NUMBER.matcher(hostile).matches();
        return isWait && random.nextInt(50) > 0 ? "-" + hostile : hostile;
    }

    private String anyHostileFor(String name) {
        return random.nextInt(3) == 0
                ? HostileText.forged(random, words.word(random, name, List.of()))
                : HostileText.any(random);
    }

    /** A header's value as bytes of UTF-8, without the ends of lines that would end it. */
    private static String inHeader(String text) {
        String line = text.replace('\r', ' ').replace('\n', ' ');
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private RawRequest finish(DescribedOperation operation, Draft draft) {
        List<String> headers = new ArrayList<>();
        headers.add("Host: localhost");
        headers.add("Connection: close");
        if (random.nextInt(40) > 0) {
            headers.add("Authorization: Bearer " + key);
        }
        draft.headers.forEach(line -> headers.add(inHeader(line)));
        String method = operation.method();
        if (method.equals("GET") && random.nextInt(12) == 0) {
            method = "HEAD";
        }
        boolean isFeed = operation.path().endsWith("/changes");
        if (isFeed && random.nextInt(10) == 0) {
            headers.add("Accept: text/event-stream");
        }
        boolean hasLength =
                headers.stream()
                        .anyMatch(line -> line.matches("(?i)(content-length|transfer-enc).*"));
        if (!hasLength && (draft.body.length > 0 || !operation.bodies().isEmpty())) {
            headers.add("Content-Length: " + draft.body.length);
        }
        String query = draft.query.isEmpty() ? "" : "?" + String.join("&", draft.query);
        boolean mayWait =
                isFeed
                        && (query.contains("wait=")
                                || headers.contains("Accept: text/event-stream"));
        return new RawRequest(
                method,
                inHeader(draft.path + query),
                headers,
                new String(draft.body, StandardCharsets.ISO_8859_1),
                draft.isMisled,
                mayWait);
    }
}
