package io.entitydb.web.dataset;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of the past each dataset keeps, and since when its past is whole. Both are entities of
 * the reserved dataset, so they have a history themselves.
 */
@Service
@RequiredArgsConstructor
public class RetentionRules {

    private static final Tag RULE = Tag.parse("type:retention");
    private static final Tag HORIZON = Tag.parse("type:history-horizon");
    private static final String RULE_PREFIX = "retention/";
    private static final String HORIZON_PREFIX = "history/";
    private static final String JSON = "application/json";

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Writing writing;
    private final Datasets datasets;
    private final JsonMapper json;

    /**
     * Since when the past of a dataset is whole.
     *
     * @param transaction from which on every state is
     * @param instant when that was committed
     */
    record Horizon(long transaction, String instant) {}

    /** The entity that holds the rule of a dataset; empty if it has none. */
    Optional<Entity> find(String dataset) {
        datasets.requirePresent(dataset);
        return repository.find(ruleKey(dataset));
    }

    RetentionDocument documentOf(Entity rule) {
        return json.readValue(rule.content().bytes(), RetentionDocument.class);
    }

    /** Gives a dataset a rule. */
    Entity save(String dataset, RetentionDocument rule, Preconditions conditions) {
        rule.rule();
        EntityDraft draft = draft(RULE, rule);
        EntityKey key = ruleKey(dataset);
        return writing.write(
                key,
                () -> {
                    datasets.relyOn(dataset);
                    conditions.check(repository.find(key));
                    return repository.save(key, draft);
                });
    }

    /** Takes the rule of a dataset away, if it has one. */
    void delete(String dataset, Preconditions conditions) {
        EntityKey key = ruleKey(dataset);
        if (find(dataset).isEmpty()) {
            conditions.check(Optional.empty());
            return;
        }
        writing.write(
                key,
                () -> {
                    conditions.check(repository.find(key));
                    return repository.delete(key);
                });
    }

    /** The rules of all datasets. */
    public Retention all() {
        Map<String, Retention.Rule> rules = new HashMap<>();
        EntityQuery query =
                new EntityQuery(
                        Datasets.SYSTEM,
                        new Condition.HasTag(RULE),
                        EntityQuery.States.ACTIVE,
                        List.of());
        String cursor = null;
        do {
            Page<Entity> page = search.search(query, new PageRequest(1000, cursor, false));
            for (Entity rule : page.items()) {
                rules.put(rule.key().id().substring(RULE_PREFIX.length()), documentOf(rule).rule());
            }
            cursor = page.next();
        } while (cursor != null);
        return new Retention(rules);
    }

    /** Notes what is about to be taken away, before it is. */
    public void note(RetentionPlan plan) {
        plan.parts()
                .forEach(
                        (dataset, part) -> {
                            Horizon known = horizon(dataset);
                            if (known == null || known.transaction() < part.wholeSince()) {
                                Horizon next =
                                        new Horizon(
                                                part.wholeSince(),
                                                part.wholeSinceInstant().toString());
                                repository.save(horizonKey(dataset), draft(HORIZON, next));
                            }
                        });
    }

    /**
     * Requires that a past state of a dataset is whole: what was taken away would be missing from
     * an answer that nobody could tell from a whole one.
     *
     * @param snapshot the transaction after which the state is
     * @throws NotFoundException if it is not
     */
    public void requireWhole(String dataset, long snapshot) {
        Horizon horizon = horizon(dataset);
        if (horizon != null && snapshot < horizon.transaction()) {
            throw NotFoundException.retired(
                    dataset, horizon.transaction(), Timestamp.parse(horizon.instant()));
        }
    }

    private @Nullable Horizon horizon(String dataset) {
        Optional<Entity> known = repository.find(horizonKey(dataset));
        return known.map(entity -> json.readValue(entity.content().bytes(), Horizon.class))
                .orElse(null);
    }

    private EntityDraft draft(Tag type, Object content) {
        return EntityDraft.of(Set.of(type), Content.of(JSON, json.writeValueAsBytes(content)));
    }

    private static EntityKey ruleKey(String dataset) {
        return new EntityKey(Datasets.SYSTEM, RULE_PREFIX + dataset);
    }

    private static EntityKey horizonKey(String dataset) {
        return new EntityKey(Datasets.SYSTEM, HORIZON_PREFIX + dataset);
    }
}
