package io.entitydb.cli;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** A data directory that something works in, between commands. */
final class WorkedStore {

    private WorkedStore() {}

    /** Writes some transactions of one version each and closes the store. */
    static void write(Path directory, int transactions) {
        try (StorageEngine engine = open(directory)) {
            for (int i = 0; i < transactions; i++) {
                Transaction transaction = engine.begin("tester");
                transaction.save(
                        new EntityKey("default", "entity " + i % 5),
                        EntityDraft.of(
                                Set.of(new Tag("number", "" + i)),
                                Content.of(
                                        "text/plain",
                                        ("text " + i).getBytes(StandardCharsets.UTF_8))));
                transaction.commit();
            }
        }
    }

    static StorageEngine open(Path directory) {
        StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(directory), StorageOptions.defaults(), StorageObserver.NONE);
        engine.open();
        return engine;
    }
}
