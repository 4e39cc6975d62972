package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.transaction.TransactionalStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What has expired goes, and what is used at the same moment stays. */
class HousekeepingTests {

    private static final Duration LIFETIME = Duration.ofDays(14);
    private static final Account ADA =
            new Account(
                    "ada", 1, Accounts.SYSTEM_UUID, null, null, true, 0, new TreeSet<>(Set.of()));

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final EntityRepository repository = disturbed(store.repository());
    private final TransactionTemplate transactions = new TransactionTemplate(store.manager());
    private final List<EntityKey> all = new ArrayList<>();

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");

    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    /** Happens once, between the search and the removal. */
    private Runnable behindSearch = () -> {};

    /** Happens once, within the transaction of the removal, before it commits. */
    private Runnable behindDeletion = () -> {};

    private final EntitySearch search =
            (query, page) -> {
                List<Entity> found =
                        all.stream()
                                .flatMap(key -> repository.find(key).stream())
                                .filter(entity -> entity.tags().containsKey(wanted(query)))
                                .toList();
                Runnable once = behindSearch;
                behindSearch = () -> {};
                once.run();
                return new Page<>(found, null, 0, null);
            };

    private final Sessions sessions =
            new Sessions(repository, JsonMapper.shared(), clock, properties());
    private final ApiKeys keys = new ApiKeys(repository, search, JsonMapper.shared(), clock);
    private final Housekeeping housekeeping =
            new Housekeeping(search, sessions, keys, store.manager());

    private static Tag wanted(EntityQuery query) {
        return ((Condition.HasTag) query.where()).tag();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SecurityProperties properties() {
        return new SecurityProperties(
                true,
                null,
                null,
                Duration.ofMinutes(10),
                LIFETIME,
                Set.of("health"),
                new SecurityProperties.Oidc(null, null, "sub", "entitydb", Duration.ofSeconds(30)));
    }

    private EntityRepository disturbed(EntityRepository real) {
        return (EntityRepository)
                Proxy.newProxyInstance(
                        EntityRepository.class.getClassLoader(),
                        new Class<?>[] {EntityRepository.class},
                        (proxy, method, arguments) -> {
                            Object result;
                            try {
                                result = method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                            if (method.getName().equals("delete")) {
                                Runnable once = behindDeletion;
                                behindDeletion = () -> {};
                                once.run();
                            }
                            return result;
                        });
    }

    private Sessions.Issued begin() {
        Sessions.Issued issued = transactions.execute(status -> sessions.begin(ADA));
        assertThat(issued).isNotNull();
        all.add(Sessions.keyOf(issued.session()));
        return issued;
    }

    /** Another request uses the session at a time when it has not expired by its own clock. */
    private void refreshElsewhere(Sessions.Issued issued) {
        Instant before = now;
        TransactionTemplate own = new TransactionTemplate(store.manager());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        now = before.minusSeconds(1);
        own.executeWithoutResult(
                status ->
                        assertThat(sessions.refresh(issued.token()))
                                .isInstanceOf(Sessions.Refresh.Renewed.class));
        now = before;
    }

    private boolean isThere(Sessions.Issued issued) {
        return store.repository().find(Sessions.keyOf(issued.session())).isPresent();
    }

    @Test
    void expiredSessionsAndKeysGoAndOthersStay() {
        Sessions.Issued old = begin();
        String oldKey = ApiKeys.newId();
        String newKey = ApiKeys.newId();
        transactions.executeWithoutResult(
                status -> {
                    keys.create(oldKey, "ada", "old", now.plusSeconds(60), null);
                    keys.create(newKey, "ada", "new", now.plus(LIFETIME.multipliedBy(2)), null);
                });
        all.add(ApiKeys.keyOf(oldKey));
        all.add(ApiKeys.keyOf(newKey));
        now = now.plus(LIFETIME);
        Sessions.Issued fresh = begin();

        assertThat(housekeeping.tidy()).isEqualTo(2);

        assertThat(isThere(old)).isFalse();
        assertThat(isThere(fresh)).isTrue();
        assertThat(store.repository().find(ApiKeys.keyOf(oldKey))).isEmpty();
        assertThat(store.repository().find(ApiKeys.keyOf(newKey))).isPresent();
        assertThat(housekeeping.tidy()).isZero();
    }

    @Test
    void sessionThatIsUsedBehindTheSearchStays() {
        Sessions.Issued issued = begin();
        now = now.plus(LIFETIME);
        behindSearch = () -> refreshElsewhere(issued);

        assertThat(housekeeping.tidy()).isZero();

        assertThat(isThere(issued)).isTrue();
    }

    @Test
    void sessionThatIsUsedWhileItIsRemovedStays() {
        Sessions.Issued issued = begin();
        now = now.plus(LIFETIME);
        behindDeletion = () -> refreshElsewhere(issued);

        assertThat(housekeeping.tidy()).isZero();

        assertThat(isThere(issued)).isTrue();
    }

    /** The broken twin: who believes the search removes a session that is in use. */
    @Test
    void believingTheSearchIsNoticed() {
        Sessions.Issued issued = begin();
        now = now.plus(LIFETIME);
        behindSearch = () -> refreshElsewhere(issued);

        EntityKey found = Sessions.keyOf(issued.session());
        Boolean hasExpired =
                transactions.execute(
                        status -> {
                            status.setRollbackOnly();
                            return sessions.removeExpired(found);
                        });
        behindSearch.run();
        if (Boolean.TRUE.equals(hasExpired)) {
            transactions.executeWithoutResult(status -> store.repository().delete(found));
        }

        assertThat(isThere(issued)).isFalse();
    }
}
