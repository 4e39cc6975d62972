package io.entitydb.web.dataset;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Retention;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.SystemRecords;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Writing;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import tools.jackson.databind.json.JsonMapper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the past each dataset keeps. A rule is an entity of the reserved dataset, so it has a
 * history itself.
 */
@Service
@RequiredArgsConstructor
public class RetentionRules {

    private static final Tag RULE = Tag.parse("type:retention");
    private static final String RULE_PREFIX = "retention/";

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Writing writing;
    private final AuditTrail audit;
    private final Datasets datasets;
    private final JsonMapper json;

    /** The entity that holds the rule of a dataset; empty if it has none. */
    Optional<Entity> find(String dataset) {
        datasets.requirePresent(dataset);
        return repository.find(ruleKey(dataset));
    }

    RetentionDocument documentOf(Entity rule) {
        return SystemRecords.read(json, rule, RetentionDocument.class);
    }

    /** Gives a dataset a rule. */
    Entity save(String dataset, RetentionDocument rule, Preconditions conditions) {
        rule.rule();
        EntityDraft draft = SystemRecords.draft(json, rule, RULE);
        EntityKey key = ruleKey(dataset);
        return writing.write(
                key,
                () -> {
                    datasets.relyOn(dataset);
                    conditions.check(repository.find(key));
                    audit.done(AuditAction.DATASET_CHANGE, dataset, "retention set");
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
                    audit.done(AuditAction.DATASET_CHANGE, dataset, "retention removed");
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

    private static EntityKey ruleKey(String dataset) {
        return SystemRecords.key(RULE_PREFIX + dataset);
    }
}
