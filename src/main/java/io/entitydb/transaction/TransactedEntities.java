package io.entitydb.transaction;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.storage.StorageEngine;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * The repository of an engine and the transactions that it works within, for who opens a store
 * without a Spring context.
 *
 * @param repository the entities
 * @param manager their transactions
 */
public record TransactedEntities(EntityRepository repository, PlatformTransactionManager manager) {

    /** What an open engine holds, changed in the name of a principal. */
    public static TransactedEntities of(StorageEngine engine, String principal) {
        PrincipalSource principals = () -> principal;
        return new TransactedEntities(
                new EngineEntityRepository(engine, principals),
                new EntityTransactionManager(engine, principals, System::nanoTime));
    }
}
