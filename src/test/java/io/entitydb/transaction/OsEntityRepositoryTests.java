package io.entitydb.transaction;

import io.entitydb.entity.EntityRepositoryContract;
import io.entitydb.entity.EntityStore;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The repository over the engine on the operating system's files. */
class OsEntityRepositoryTests extends EntityRepositoryContract {

    @TempDir private Path directory;

    @Override
    protected EntityStore open() {
        return TransactionalStore.over(
                TransactionalStore.smallEngine(new OsDisk(directory.resolve("data"))));
    }
}
