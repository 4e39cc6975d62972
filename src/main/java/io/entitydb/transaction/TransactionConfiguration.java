package io.entitydb.transaction;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.entity.StepObserver;
import io.entitydb.entity.StoreMaintenance;
import io.entitydb.storage.StorageEngine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.annotation.PersistenceExceptionTranslationPostProcessor;

/**
 * The beans of this module. {@code @EnableTransactionManagement} is Spring Boot's
 * auto-configuration, which finds the manager by its type.
 */
@Configuration(proxyBeanMethods = false)
class TransactionConfiguration {

    /** Named as Spring expects; {@code spring.transaction.*} applies to it. */
    @Bean
    EntityTransactionManager transactionManager(
            StorageEngine engine,
            ObjectProvider<PrincipalSource> principals,
            ObjectProvider<StepObserver> steps,
            ObjectProvider<TransactionManagerCustomizers> customizers) {
        EntityTransactionManager manager =
                new EntityTransactionManager(
                        engine,
                        principalSource(principals),
                        System::nanoTime,
                        steps.getIfAvailable(() -> StepObserver.NONE));
        customizers.ifAvailable(all -> all.customize(manager));
        return manager;
    }

    @Bean
    EntityRepository entityRepository(
            StorageEngine engine, ObjectProvider<PrincipalSource> principals) {
        return new EngineEntityRepository(engine, principalSource(principals));
    }

    @Bean
    ChangeBell changeBell() {
        return new ChangeBell();
    }

    @Bean
    LogWatcher logWatcher(StorageEngine engine, ChangeBell bell) {
        return new LogWatcher(engine, bell);
    }

    @Bean
    ChangeLog changeLog(StorageEngine engine, ChangeBell bell) {
        return new EngineChangeLog(engine, bell);
    }

    @Bean
    StoreMaintenance storeMaintenance(
            StorageEngine engine, ObjectProvider<PrincipalSource> principals) {
        return new EngineMaintenance(engine, principalSource(principals));
    }

    @Bean
    EntityExceptionTranslator entityExceptionTranslator() {
        return new EntityExceptionTranslator();
    }

    /**
     * Takes the place of Spring Boot's own, which translates within the transaction of a
     * {@code @Repository} method: a conflict, which shows at the commit, would not be translated.
     */
    @Bean
    static PersistenceExceptionTranslationPostProcessor exceptionTranslationPostProcessor() {
        PersistenceExceptionTranslationPostProcessor processor =
                new PersistenceExceptionTranslationPostProcessor();
        processor.setBeforeExistingAdvisors(true);
        processor.setProxyTargetClass(true);
        return processor;
    }

    private static PrincipalSource principalSource(ObjectProvider<PrincipalSource> principals) {
        return principals.getIfAvailable(() -> PrincipalSource.ANONYMOUS);
    }
}
