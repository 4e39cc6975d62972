package io.entitydb.transaction;

import io.entitydb.entity.EntityRepositoryContract;
import io.entitydb.entity.EntityStore;

/** The repository over the model: shows that the contract can be kept. */
class ModelEntityRepositoryTests extends EntityRepositoryContract {

    @Override
    protected EntityStore open() {
        return TransactionalStore.inMemory();
    }
}
