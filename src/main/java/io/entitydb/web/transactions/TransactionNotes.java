package io.entitydb.web.transactions;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.security.SystemRecords;
import io.entitydb.web.dataset.Datasets;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps notes within the transactions that they are about.
 *
 * <p>A note is a version of an entity of the reserved dataset. It is found by the transaction that
 * it is part of, never by its name; so a bounded number of names serves, in turn, and the entity
 * index does not grow with the number of notes.
 */
@Component
@RequiredArgsConstructor
class TransactionNotes {

    private static final String ID_PREFIX = "transaction/";

    /** A power of two, more than transactions that run at once: two of one name would conflict. */
    private static final int NAMES = 4096;

    private final EntityRepository repository;
    private final JsonMapper json;
    private final AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt());

    /** The note of a request. */
    TransactionNote of(TransactionRequest request) {
        int bytes =
                request.metadata() == null ? 0 : json.writeValueAsBytes(request.metadata()).length;
        return TransactionNote.of(request, bytes);
    }

    /** Writes a note within the present transaction. */
    void write(TransactionNote note) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        if (note.reason() != null) {
            content.put("reason", note.reason());
        }
        if (note.metadata() != null) {
            content.set("metadata", note.metadata());
        }
        int name = turn.getAndIncrement() & (NAMES - 1);
        repository.save(SystemRecords.key(ID_PREFIX + name), SystemRecords.draft(json, content));
    }

    /** The note among the changes of a transaction. */
    Optional<TransactionNote> among(List<Entity> changes) {
        return changes.stream()
                .filter(change -> Datasets.isReserved(change.key().dataset()))
                .filter(change -> change.key().id().startsWith(ID_PREFIX))
                .findFirst()
                .map(change -> SystemRecords.read(json, change, TransactionNote.class));
    }
}
