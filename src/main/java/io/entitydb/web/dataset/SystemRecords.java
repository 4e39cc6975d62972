package io.entitydb.web.dataset;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import tools.jackson.databind.json.JsonMapper;

import java.util.Set;

/** What the service keeps for itself: records in JSON, as entities of the reserved dataset. */
public final class SystemRecords {

    private static final String JSON = "application/json";

    private SystemRecords() {}

    /** The key of a record. */
    public static EntityKey key(String id) {
        return new EntityKey(Datasets.SYSTEM, id);
    }

    /** A record as it is stored. */
    public static EntityDraft draft(JsonMapper json, Object record, Tag... tags) {
        return EntityDraft.of(Set.of(tags), Content.of(JSON, json.writeValueAsBytes(record)));
    }

    /** A record that was stored. */
    public static <T> T read(JsonMapper json, Entity entity, Class<T> type) {
        return json.readValue(entity.content().bytes(), type);
    }
}
