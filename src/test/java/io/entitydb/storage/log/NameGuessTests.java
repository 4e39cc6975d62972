package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The name of an entity is read from a damaged record, if there is one. */
class NameGuessTests {

    private final WrittenLog log = new WrittenLog();
    private final long record = log.add(WrittenLog.KEY, 1, 0);
    private final byte[] bytes = log.bytes();

    private @Nullable EntityKey at(DiskFile file, long end) {
        return NameGuess.at(file, record, end, log.dictionary());
    }

    @Test
    void nameIsReadThoughTheRecordIsDamaged() {
        bytes[log.index(record) + RecordLayout.SALT] ^= 1;

        assertThat(at(log.file(bytes), log.end())).isEqualTo(WrittenLog.KEY);
    }

    @Test
    void nameMayEndWithTheFile() {
        int name = 3;
        long end = record + RecordLayout.BODY;

        assertThat(at(log.file(bytes), end + name)).isEqualTo(WrittenLog.KEY);
        assertThat(at(log.file(bytes), end + name - 1)).isNull();
        assertThat(at(log.file(bytes), end)).isNull();
        assertThat(at(log.file(bytes), end - 1)).isNull();
        assertThat(at(log.file(bytes), record)).isNull();
    }

    @Test
    void nothingIsGuessedOfWhatIsNoVersion() {
        bytes[log.index(record) + RecordLayout.KIND] = RecordKind.CHUNK;

        assertThat(at(log.file(bytes), log.end())).isNull();
    }

    @Test
    void nothingIsGuessedOfWhatIsNoName() {
        bytes[log.index(record) + RecordLayout.BODY] = 99;

        assertThat(at(log.file(bytes), log.end())).isNull();
    }

    @Test
    void nothingIsGuessedOfWhatTheDeviceCannotRead() {
        assertThat(at(new HoledFile(log.file(bytes), record, record + 1), log.end())).isNull();
    }
}
