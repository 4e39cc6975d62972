package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Backup;
import io.entitydb.entity.StoreBackups;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A directory for backups whose device is full, fails, or does not give back what it was given. */
class FlawedTargetTests {

    @TempDir private Path directory;
    private Path target;
    private WrittenStore store;
    private long last;

    /** Calls until the device fails; none does while it is negative. */
    private final AtomicInteger left = new AtomicInteger(-1);

    @BeforeEach
    void open() {
        target = directory.resolve("backups");
        store = WrittenStore.open(directory.resolve("data"));
        last = store.saveSome(40);
        assertThat(WrittenStore.make(store.backups(target), false).isNew()).isTrue();
        last = store.saveSome(40);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Backups on(Disk disk) {
        return new Backups(store.engine(), store.disk(), disk, BackupOptions.OFFLINE);
    }

    private void assertRefused(Disk disk, boolean isFull, BackupException.Kind kind)
            throws IOException {
        last = store.saveSome(20);
        List<String> before = files();
        Backups backups = on(disk);

        assertThatThrownBy(() -> WrittenStore.make(backups, isFull))
                .satisfies(error -> assertKind(error, kind));

        left.set(-1);
        assertThat(files()).isEqualTo(before);
        assertThat(backups.record().failure()).isEqualTo(codeOf(kind));
        assertThat(store.save("goes on", "after it")).isEqualTo(last + 1);
        last++;
        Backup next = WrittenStore.make(store.backups(target), false).backup();
        assertThat(next.type()).isEqualTo(Backup.Type.INCREMENTAL);
        assertThat(next.to().sequence()).isEqualTo(last);
    }

    private static void assertKind(Throwable error, BackupException.Kind kind) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String codeOf(BackupException.Kind kind) {
        return new BackupException(kind, "").code();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void directoryWithoutSpaceIsNotWrittenTo() throws IOException {
        Disk full =
                new ForwardingDisk(new OsDisk(target), file -> file) {
                    @Override
                    public long usableBytes() {
                        return 1000;
                    }
                };

        assertRefused(full, true, BackupException.Kind.BACKUP_TARGET_FULL);
        assertRefused(full, false, BackupException.Kind.BACKUP_TARGET_FULL);
    }

    /** The n-th write or force fails, for every n that there is. */
    @Test
    void deviceThatFillsUpOrFailsAtAnyCallLosesNothing() throws IOException {
        int calls = 0;
        for (boolean isFull : new boolean[] {true, false}) {
            for (int n = 0; n < 100; n++) {
                left.set(n);
                Disk disk = new ForwardingDisk(new OsDisk(target), FailingFile::new);
                if (isMade(disk, isFull)) {
                    break;
                }
                calls++;
                left.set(-1);
                assertThat(files()).noneMatch(file -> file.endsWith(".part"));
                last = store.save("goes on", "after call " + n);
            }
        }
        left.set(-1);
        assertThat(calls).isGreaterThan(6);
        Backup newest = WrittenStore.make(store.backups(target), false).backup();
        assertThat(newest.to().sequence()).isEqualTo(last);
    }

    private boolean isMade(Disk disk, boolean isFull) {
        try {
            return WrittenStore.make(on(disk), isFull).isNew();
        } catch (BackupException e) {
            assertThat(e.kind())
                    .isIn(
                            BackupException.Kind.BACKUP_TARGET_FULL,
                            BackupException.Kind.BACKUP_TARGET_UNWRITABLE);
            return false;
        }
    }

    @Test
    void deviceThatDoesNotGiveBackWhatItWasGivenIsFoundOut() throws IOException {
        for (boolean isFull : new boolean[] {true, false}) {
            Disk lying = new ForwardingDisk(new OsDisk(target), ForgetfulFile::new);
            assertRefused(lying, isFull, BackupException.Kind.BACKUP_DAMAGED);
        }
    }

    /** As another process does that keeps fewer backups. */
    @Test
    void backupThatIsDeletedWhileItIsReadIsNotThere() throws IOException {
        Backup full = WrittenStore.make(store.backups(target), true).backup();
        String name = full.id() + ".full.edb";
        byte[] bytes = Files.readAllBytes(target.resolve(name));
        Disk deleting =
                new ForwardingDisk(new OsDisk(target), file -> file) {
                    @Override
                    public DiskFile open(String file, Access access) {
                        if (file.equals(name)) {
                            delete(name);
                        }
                        return super.open(file, access);
                    }
                };

        assertThat(on(deleting).list()).extracting(Backup::id).hasSize(1).doesNotContain(full.id());

        Files.write(target.resolve(name), bytes);
        assertThatThrownBy(() -> on(deleting).find(full.id()))
                .satisfies(error -> assertKind(error, BackupException.Kind.BACKUP_NOT_FOUND));

        Files.write(target.resolve(name), bytes);
        StoreBackups.File listed = on(new OsDisk(target)).file(full.id());
        Files.delete(target.resolve(name));
        assertThatThrownBy(() -> listed.content().open().close())
                .satisfies(error -> assertKind(error, BackupException.Kind.BACKUP_NOT_FOUND));
    }

    @Test
    void backupThatIsThereAndCannotBeOpenedIsAFault() {
        String id = on(new OsDisk(target)).list().getFirst().id();
        AtomicInteger refused = new AtomicInteger();
        Disk broken =
                new ForwardingDisk(new OsDisk(target), file -> file) {
                    @Override
                    public DiskFile open(String file, Access access) {
                        if (refused.getAndDecrement() == 0) {
                            throw new StorageIoException("open", new IOException("planted"));
                        }
                        return super.open(file, access);
                    }
                };
        Backups backups = on(broken);

        assertThatThrownBy(backups::list).isInstanceOf(StorageIoException.class);
        refused.set(1);
        StoreBackups.File listed = backups.file(id);
        refused.set(0);
        assertThatThrownBy(() -> listed.content().open().close())
                .isInstanceOf(StorageIoException.class);
    }

    /** Fails when it is its turn, full and broken by turns. */
    private final class FailingFile extends ForwardingFile {

        private FailingFile(DiskFile file) {
            super(file);
        }

        private void call() {
            int turn = left.getAndUpdate(n -> n < 0 ? n : n - 1);
            if (turn == 0) {
                throw last % 2 == 0
                        ? new StorageFullException(1, 0)
                        : new StorageIoException("write", new IOException("planted"));
            }
        }

        @Override
        public void write(ByteBuffer source, long position) {
            call();
            super.write(source, position);
        }

        @Override
        public void force() {
            call();
            super.force();
        }
    }

    /** Loses a byte of every larger write. */
    private static final class ForgetfulFile extends ForwardingFile {

        private ForgetfulFile(DiskFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long position) {
            if (source.remaining() <= 4096) {
                super.write(source, position);
                return;
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            bytes[bytes.length / 2] ^= 4;
            super.write(ByteBuffer.wrap(bytes), position);
        }
    }
}
