import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes JSON. <b>Source:</b> RFC 8259.
 *
 * <p>Objects are {@link Map}s in the order of their members, arrays are {@link List}s, numbers are
 * {@link BigDecimal}s with every digit, and null is {@link #NULL}. So two values are the same JSON
 * when they are equal.
 */
final class Json {

    /** The JSON value null. */
    static final Object NULL =
            new Object() {
                @Override
                public String toString() {
                    return "null";
                }
            };

    private static final int MAX_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The value that a text is.
     *
     * @throws IllegalArgumentException if it is not JSON; the message says where
     */
    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.skipBlanks();
        if (json.at < text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    /** The value as text without white space. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private Object value() {
        skipBlanks();
        if (at == text.length()) {
            throw new IllegalArgumentException("not JSON: it ends too early");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        Map<String, Object> members = new LinkedHashMap<>();
        if (!isNext('}')) {
            do {
                skipBlanks();
                String name = string();
                expect(':');
                if (members.put(name, value()) != null) {
                    throw new IllegalArgumentException(
                            "not JSON: member " + name + " is there twice");
                }
            } while (isNext(','));
            expect('}');
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        enter();
        List<Object> items = new ArrayList<>();
        if (!isNext(']')) {
            do {
                items.add(value());
            } while (isNext(','));
            expect(']');
        }
        depth--;
        return items;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("not read: nested deeper than " + MAX_DEPTH);
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < ' ') {
                throw unexpected();
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        throw unexpected();
                    }
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw unexpected();
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            at = start;
            throw unexpected();
        }
        return new BigDecimal(digits);
    }

    private char next() {
        if (at == text.length()) {
            throw new IllegalArgumentException("not JSON: it ends too early");
        }
        return text.charAt(at++);
    }

    private boolean isNext(char c) {
        skipBlanks();
        boolean isNext = at < text.length() && text.charAt(at) == c;
        if (isNext) {
            at++;
        }
        return isNext;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw unexpected();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("not JSON at character " + (at + 1));
    }

    private static void append(Object value, StringBuilder out) {
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    out.append(separator);
                    appendString(member.getKey().toString(), out);
                    append(member.getValue(), out.append(':'));
                    separator = ",";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                String separator = "[";
                for (Object item : items) {
                    append(item, out.append(separator));
                    separator = ",";
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case String string -> appendString(string, out);
            default -> out.append(value);
        }
    }

    private static void appendString(String string, StringBuilder out) {
        out.append('"');
        for (char c : string.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
