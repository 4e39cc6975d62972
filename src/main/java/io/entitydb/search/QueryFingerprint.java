package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.SortKey;
import io.entitydb.temporal.Timestamp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Tells queries apart: equal for equal queries, and as good as never for others.
 *
 * <p><b>Shape:</b> SHA-256 over the query's parts in order, each with its kind and length, so that
 * no two queries are written alike.
 */
final class QueryFingerprint {

    private final MessageDigest function = Digest.newSha256();

    private QueryFingerprint() {}

    /** The fingerprint of a query for entities. */
    static Digest of(EntityQuery query) {
        return of(query, "");
    }

    /**
     * The fingerprint of a query.
     *
     * @param wanted what is wanted of the entities that answer it; empty for themselves
     */
    static Digest of(EntityQuery query, String wanted) {
        QueryFingerprint fingerprint = new QueryFingerprint();
        fingerprint.text(wanted);
        fingerprint.text(query.dataset());
        fingerprint.text(query.states().name());
        fingerprint.text(query.asOf() == null ? "" : query.asOf().toString());
        fingerprint.number(query.sort().size());
        for (SortKey key : query.sort()) {
            fingerprint.text(key.field().name());
            fingerprint.number(key.isDescending() ? 1 : 0);
        }
        fingerprint.condition(query.where());
        return Digest.of(fingerprint.function.digest());
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.Everything everything -> number(1);
            case Condition.HasTag(Tag tag) -> {
                number(2);
                text(tag.namespace());
                text(tag.value());
            }
            case Condition.HasPrefix(String namespace, String valuePrefix) -> {
                number(3);
                text(namespace);
                text(valuePrefix);
            }
            case Condition.All(List<Condition> conditions) -> list(4, conditions);
            case Condition.Any(List<Condition> conditions) -> list(5, conditions);
            case Condition.Not(Condition excluded) -> list(6, List.of(excluded));
            case Condition.HasText(String words, boolean isBeginning) -> {
                number(isBeginning ? 8 : 9);
                text(words);
            }
            case Condition.InRange(Condition.Time time, Timestamp from, Timestamp until) -> {
                number(7);
                text(time.name());
                text(from.toString());
                text(until.toString());
            }
        }
    }

    private void list(int kind, List<Condition> conditions) {
        number(kind);
        number(conditions.size());
        conditions.forEach(this::condition);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        function.update(bytes);
    }

    private void number(int number) {
        function.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
