package io.entitydb.web.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Texts that programs stumble over. */
final class HostileText {

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "1.0",
                    "1e3",
                    "+1",
                    "0x1",
                    "\u0661",
                    "2147483648",
                    "9007199254740993",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "9".repeat(400),
                    "NaN",
                    "null",
                    "true",
                    "TRUE",
                    "[]",
                    "{}",
                    ":",
                    "a:",
                    ":b",
                    "a:b:c",
                    "*",
                    "**",
                    ".",
                    "..",
                    "../../etc/passwd",
                    "a/b",
                    "a\\b",
                    "%",
                    "%2F",
                    "%00",
                    "\u0000",
                    "a\nb",
                    "\r\n",
                    "\t",
                    "\u007f",
                    "\u0085",
                    "\u00e4",
                    "e\u0301",
                    "\u202e",
                    "\ufeff",
                    "\uffff",
                    "\ud83d\ude00",
                    "x".repeat(256),
                    "x".repeat(1_100),
                    "a:" + "\u00e4".repeat(600),
                    "v:1",
                    "v:0",
                    "v:-1",
                    "v:99999999999999999999",
                    "tx:0",
                    "tx:9007199254740993",
                    "tx:-1",
                    "0000-01-01T00:00:00Z",
                    "1969-12-31T23:59:59Z",
                    "2026-02-30T00:00:00Z",
                    "2026-11-23T09:00:00+99:99",
                    "2200-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "+999999999-12-31T23:59:59Z",
                    "' OR 1=1 --",
                    "<script>alert(1)</script>",
                    "${jndi:ldap://x}",
                    "#{1+1}",
                    "\"",
                    "\"1\"",
                    "W/\"1\"",
                    "\"1",
                    "((((",
                    "a AND (",
                    "field:value",
                    "*a*",
                    "?",
                    "~",
                    "a~99",
                    "\"a b\"~99999999",
                    "a^1e99",
                    "[a TO b]",
                    "\\",
                    "a OR ".repeat(300) + "a",
                    "-",
                    "--id",
                    "id,id,id",
                    ",",
                    "system",
                    "PT-1S",
                    "P99999999999D",
                    "60s",
                    "1h",
                    "-1s",
                    "AAEAAAAAAAAiCg",
                    "AQ3lB1kTq0m9bM0u8nK1xg",
                    "bytes=0-0,2-3",
                    "bytes=9-1",
                    "bytes=0-99999999999999999999",
                    "items=0-1",
                    "sha-256=:AAAA:",
                    "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:",
                    "md5=:AAAA:",
                    "Mon, 30 Feb 2026 00:00:00 GMT");

    /** In a target: what is no percent-encoding of UTF-8, or no character of one. */
    private static final List<String> MISENCODED =
            List.of(
                    "%",
                    "%2",
                    "%zz",
                    "%ff",
                    "%C0%AF",
                    "%ED%A0%80",
                    "%E4",
                    "%00",
                    "%0d%0a",
                    ";a=b",
                    "\u00e4",
                    "<",
                    "|",
                    "\"",
                    "{",
                    "^",
                    "\\",
                    "\u0001",
                    "%u0041",
                    "+",
                    "%20",
                    "#");

    private HostileText() {}

    /** Any of them. */
    static String any(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** What is not encoded as it should be. */
    static String misencoded(Random random) {
        return MISENCODED.get(random.nextInt(MISENCODED.size()));
    }

    /** A word cut, extended, or with a character changed or moved: a cursor that is forged. */
    static String forged(Random random, String word) {
        if (word.isEmpty()) {
            return "A";
        }
        int at = random.nextInt(word.length());
        String rest = word.substring(at);
        return switch (random.nextInt(5)) {
            case 0 -> word.substring(0, at);
            case 1 -> rest;
            case 2 -> word.substring(0, at) + (char) ('A' + random.nextInt(26)) + rest.substring(1);
            case 3 -> rest + word.substring(0, at);
            default -> word + (char) ('A' + random.nextInt(26));
        };
    }

    /** As a part of a target, percent-encoded throughout but for letters and digits. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~:".indexOf(c) >= 0);
            encoded.append(isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }
}
