package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The last checkpoint of a store covers all that it acknowledged. */
class ClosingTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private final SimulatedDisk simulated = new SimulatedDisk(41);
    private final Disk disk = new ForwardingDisk(simulated, this::opened);
    private Runnable onImage = () -> {};

    private DiskFile opened(DiskFile file) {
        if (!file.name().startsWith(StoreFiles.DATA)) {
            Runnable due = onImage;
            onImage = () -> {};
            due.run();
        }
        return file;
    }

    @Test
    void transactionThatCommitsWhileTheLastImageIsWrittenIsRefused() {
        TextStore store = TextStore.open(disk, OPTIONS);
        store.save("a", "first");
        Transaction late = store.engine().begin("tester");
        late.save(TextStore.key("a"), TextStore.draft("late"));
        onImage = () -> assertThatThrownBy(late::commit).isInstanceOf(StorageClosedException.class);
        store.close();

        try (TextStore again = TextStore.open(simulated, OPTIONS)) {
            RecoveryReport report = again.engine().status().recovery();
            assertThat(report).isNotNull();
            assertThat(report.outcome()).isEqualTo(RecoveryReport.Outcome.CLEAN);
            assertThat(again.text("a")).isEqualTo("first");
        }
    }
}
