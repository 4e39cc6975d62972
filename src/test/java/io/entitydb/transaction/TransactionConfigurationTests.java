package io.entitydb.transaction;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.elsewhere;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.ModelEntityStore;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Transactional;

import java.io.IOException;

class TransactionConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    TransactionManagerCustomizationAutoConfiguration.class,
                                    TransactionAutoConfiguration.class,
                                    PersistenceExceptionTranslationAutoConfiguration.class))
                    .withUserConfiguration(Store.class, TransactionConfiguration.class);

    @Test
    void anAnnotatedMethodWritesSeveralEntitiesTogether() {
        runWithOpenStore(
                context -> {
                    context.getBean(Ledger.class).book("a", "b");

                    assertThat(repository(context).snapshot()).isEqualTo(1);
                    assertThat(repository(context).find(key("b"))).isPresent();
                });
    }

    @Test
    void anUncheckedExceptionRollsBackAndACheckedOneDoesNot() {
        runWithOpenStore(
                context -> {
                    Ledger ledger = context.getBean(Ledger.class);

                    assertThatExceptionOfType(IllegalStateException.class)
                            .isThrownBy(() -> ledger.bookAndFail("a"));
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> ledger.bookAndComplain("b"));
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> ledger.bookAndComplainForGood("c"));

                    assertThat(repository(context).latest(key("a"))).isEmpty();
                    assertThat(repository(context).latest(key("b"))).isPresent();
                    assertThat(repository(context).latest(key("c"))).isEmpty();
                });
    }

    @Test
    void aReadOnlyMethodRefusesToWrite() {
        runWithOpenStore(
                context ->
                        assertThatExceptionOfType(IllegalTransactionStateException.class)
                                .isThrownBy(() -> context.getBean(Ledger.class).look("a")));
    }

    @Test
    void aServiceGetsTheErrorAsItIs() {
        runWithOpenStore(
                context ->
                        assertThatExceptionOfType(VersionConflictException.class)
                                .isThrownBy(() -> context.getBean(Ledger.class).loseTheRace("a")));
    }

    @Test
    void aRepositoryOfSpringGetsTheErrorInItsTerms() {
        runWithOpenStore(
                context ->
                        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                                .isThrownBy(() -> context.getBean(Archive.class).loseTheRace("a"))
                                .withCauseInstanceOf(VersionConflictException.class));
    }

    @Test
    void writersAreAnonymousUnlessSomebodyKnowsThem() {
        runWithOpenStore(context -> assertThat(principalOfAWrite(context)).isEqualTo("anonymous"));

        runner.withBean(PrincipalSource.class, () -> () -> "ada")
                .run(opened(context -> assertThat(principalOfAWrite(context)).isEqualTo("ada")));
    }

    @Test
    void springsSettingsOfTransactionsApply() {
        runner.withPropertyValues("spring.transaction.default-timeout=7s")
                .run(
                        context ->
                                assertThat(
                                                context.getBean(EntityTransactionManager.class)
                                                        .getDefaultTimeout())
                                        .isEqualTo(7));
    }

    @Test
    void theContextStartsBeforeTheStoreIsOpen() {
        runner.run(
                context -> {
                    assertThat(context).hasNotFailed();
                    assertThatExceptionOfType(StorageClosedException.class)
                            .isThrownBy(() -> context.getBean(Ledger.class).book("a", "b"));
                });
    }

    private void runWithOpenStore(ContextConsumer<AssertableApplicationContext> test) {
        runner.run(opened(test));
    }

    private static ContextConsumer<AssertableApplicationContext> opened(
            ContextConsumer<AssertableApplicationContext> test) {
        return context -> {
            context.getBean(StorageEngine.class).open();
            test.accept(context);
        };
    }

    private static EntityRepository repository(AssertableApplicationContext context) {
        return context.getBean(EntityRepository.class);
    }

    private static String principalOfAWrite(AssertableApplicationContext context) {
        context.getBean(Ledger.class).book("a", "b");
        repository(context).create(key("c"), draft("alone"));
        String together = repository(context).find(key("a")).orElseThrow().version().principal();
        assertThat(repository(context).find(key("c")).orElseThrow().createdBy())
                .isEqualTo(together);
        return together;
    }

    @Configuration(proxyBeanMethods = false)
    @Import({Ledger.class, Archive.class})
    static class Store {
        @Bean
        StorageEngine engine() {
            return new ModelEntityStore(TransactionalStore.tickingClock());
        }
    }

    @Service
    static class Ledger {

        private final EntityRepository entities;

        Ledger(EntityRepository entities) {
            this.entities = entities;
        }

        @Transactional
        public void book(String one, String other) {
            entities.create(key(one), draft("booked"));
            entities.create(key(other), draft("booked"));
        }

        @Transactional
        public void bookAndFail(String id) {
            entities.create(key(id), draft("booked"));
            throw new IllegalStateException("after the write");
        }

        @Transactional
        public void bookAndComplain(String id) throws IOException {
            entities.create(key(id), draft("booked"));
            throw new IOException("after the write");
        }

        @Transactional(rollbackFor = IOException.class)
        public void bookAndComplainForGood(String id) throws IOException {
            entities.create(key(id), draft("booked"));
            throw new IOException("after the write");
        }

        @Transactional(readOnly = true)
        public void look(String id) {
            entities.create(key(id), draft("booked"));
        }

        @Transactional
        public void loseTheRace(String id) {
            entities.save(key(id), draft("mine"));
            elsewhere(() -> entities.save(key(id), draft("theirs")));
        }
    }

    @Repository
    static class Archive {

        private final EntityRepository entities;

        Archive(EntityRepository entities) {
            this.entities = entities;
        }

        @Transactional
        public void loseTheRace(String id) {
            entities.save(key(id), draft("mine"));
            elsewhere(() -> entities.save(key(id), draft("theirs")));
        }
    }
}
