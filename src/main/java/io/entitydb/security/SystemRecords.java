package io.entitydb.security;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.SortKey;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Set;

/** What the service keeps for itself: records in JSON, as entities of the reserved dataset. */
public final class SystemRecords {

    /** The reserved dataset. */
    public static final String DATASET = "system";

    private static final String JSON = "application/json";

    /** A media type whose words are not put into the search index. */
    private static final String SECRET = Content.OCTET_STREAM;

    private SystemRecords() {}

    /** The key of a record. */
    public static EntityKey key(String id) {
        return new EntityKey(DATASET, id);
    }

    /** The question for the records that are not deleted and fulfil a condition. */
    public static EntityQuery living(Condition where, SortKey.Field order, boolean isDescending) {
        return new EntityQuery(
                DATASET,
                where,
                EntityQuery.States.ACTIVE,
                List.of(new SortKey(order, isDescending)));
    }

    /** The question for the records with a tag, in the order of their ids. */
    public static EntityQuery living(Tag type) {
        return living(new Condition.HasTag(type), SortKey.Field.ID, false);
    }

    /** A record as it is stored. */
    public static EntityDraft draft(JsonMapper json, Object record, Tag... tags) {
        return EntityDraft.of(Set.of(tags), Content.of(JSON, json.writeValueAsBytes(record)));
    }

    /** A record as it is stored, none of whose words can be searched for. */
    public static EntityDraft secret(JsonMapper json, Object record, Tag... tags) {
        return secret(json, record, Set.of(tags));
    }

    /** As {@link #secret(JsonMapper, Object, Tag...)}. */
    public static EntityDraft secret(JsonMapper json, Object record, Set<Tag> tags) {
        return EntityDraft.of(tags, Content.of(SECRET, json.writeValueAsBytes(record)));
    }

    /** A record that was stored. */
    public static <T> T read(JsonMapper json, Entity entity, Class<T> type) {
        return json.readValue(entity.content().bytes(), type);
    }
}
