package io.entitydb.web.entities;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.StoreMaintenance;
import io.entitydb.entity.Tag;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.SystemRecords;
import io.entitydb.web.http.Writing;
import io.swagger.v3.oas.annotations.media.Schema;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.UUID;

/**
 * Erases entities, and keeps in the reserved dataset what was erased, by whom and why: without a
 * record of it an erasure would look like a hole in history.
 */
@Service
@RequiredArgsConstructor
class EntityErasure {

    private static final Tag TYPE = Tag.parse("type:erasure");

    private final StoreMaintenance maintenance;
    private final EntityRepository repository;
    private final JsonMapper json;
    private final Writing writing;
    private final AuditTrail audit;

    /**
     * What an erasure did.
     *
     * @param dataset of the entity
     * @param id of the entity
     * @param version the newest version that is erased, with all before it
     * @param versions how many versions it erased; 0 if all had been erased before
     * @param reason why
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Erasure")
    record Erased(
            String dataset, String id, long version, long versions, @Nullable String reason) {}

    /**
     * Erases an entity.
     *
     * @throws io.entitydb.entity.NotFoundException if it never existed
     */
    Erased erase(EntityKey key, @Nullable String reason) {
        StoreMaintenance.Erased done = maintenance.erase(key);
        Erased erased =
                new Erased(key.dataset(), key.id(), done.version(), done.versions(), reason);
        EntityKey record = SystemRecords.key("erasure/" + UUID.randomUUID());
        writing.write(
                List.of(record),
                () -> {
                    audit.done(AuditAction.ERASE, key.dataset() + "/" + key.id(), null);
                    return repository.create(record, SystemRecords.draft(json, erased, TYPE));
                });
        return erased;
    }
}
