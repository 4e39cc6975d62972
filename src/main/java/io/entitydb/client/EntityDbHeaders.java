package io.entitydb.client;

import org.springframework.http.HttpEntity;

/** Headers of the service, and what answers say in them. */
public final class EntityDbHeaders {

    /** Of an answer: the transaction that it reflects. */
    public static final String TRANSACTION = "EntityDB-Transaction";

    /** Of a request: the transaction that the answer shall reflect at least. */
    public static final String MIN_TRANSACTION = "EntityDB-Min-Transaction";

    /** Of a change: the name under which it is made at most once. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Of an answer: {@code true} if the change had been made before. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    private EntityDbHeaders() {}

    /**
     * The transaction that an answer reflects; {@code asOf=tx:N} gives the answer again.
     *
     * @throws IllegalArgumentException if the answer does not tell
     */
    public static long transaction(HttpEntity<?> answer) {
        String text = answer.getHeaders().getFirst(TRANSACTION);
        if (text == null) {
            throw new IllegalArgumentException("the answer has no " + TRANSACTION);
        }
        return Long.parseLong(text);
    }

    /**
     * The version that an answer shows, from its entity tag.
     *
     * @throws IllegalArgumentException if the answer does not tell
     */
    public static long version(HttpEntity<?> answer) {
        String tag = answer.getHeaders().getETag();
        if (tag == null) {
            throw new IllegalArgumentException("the answer has no ETag");
        }
        return Long.parseLong(tag.replace("\"", ""));
    }

    /** Whether the answer is that of an earlier request under the same key. */
    public static boolean isReplayed(HttpEntity<?> answer) {
        return "true".equals(answer.getHeaders().getFirst(IDEMPOTENCY_REPLAYED));
    }
}
