package io.entitydb.transaction;

import io.entitydb.storage.ModelEntityStore;
import io.entitydb.storage.StorageEngine;

/** Spring's transactions over the model. */
class ModelTransactionTests extends SpringTransactionContract {

    @Override
    StorageEngine engine() {
        return new ModelEntityStore(TransactionalStore.tickingClock());
    }
}
