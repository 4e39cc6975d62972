package io.entitydb.web.idempotency;

import io.entitydb.entity.EntityKey;
import io.entitydb.web.http.Written;

import org.springframework.http.HttpStatus;

import java.util.List;

/**
 * What is stored of a request that was made: not its answer, but what the answer is made of again.
 * So no copy of a content outlives the erasure of its entity.
 *
 * @param key names the request
 * @param fingerprint what it asked for
 * @param made the versions that it made, in its order
 */
record IdempotencyRecord(String key, String fingerprint, List<Made> made) {

    /** The record of a request that made these versions. */
    static IdempotencyRecord of(IdempotentRequest request, List<Written> made) {
        return new IdempotencyRecord(
                request.key().toString(),
                request.fingerprint().toString(),
                made.stream().map(Made::of).toList());
    }

    /** What the request made. */
    List<Written> written() {
        return made.stream().map(Made::written).toList();
    }

    /**
     * One version.
     *
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the version
     * @param status what the change was answered with
     */
    record Made(String dataset, String id, long version, int status) {

        private static Made of(Written written) {
            return new Made(
                    written.key().dataset(),
                    written.key().id(),
                    written.version(),
                    written.status().value());
        }

        private Written written() {
            return new Written(new EntityKey(dataset, id), version, HttpStatus.valueOf(status));
        }
    }
}
