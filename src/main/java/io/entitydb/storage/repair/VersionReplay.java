package io.entitydb.storage.repair;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** The intact versions of a log that was checked before, once more. Serves one thread. */
@RequiredArgsConstructor
final class VersionReplay implements VersionWitness.Versions {

    private final Supplier<LogScan> scans;
    private final Reader reader;

    @Override
    public void forEach(VersionWitness.Visitor visitor) {
        LogScan scan = scans.get();
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            part.records().stream()
                    .filter(RawRecord::isVersion)
                    .forEach(record -> give(record, visitor));
        }
    }

    private void give(RawRecord record, VersionWitness.Visitor visitor) {
        try {
            VersionRecord version = record.toVersion();
            visitor.version(version.toEntity(reader), previous(version));
        } catch (CorruptDataException | EntityDbException e) {
            // Reported where it stands.
        }
    }

    private @Nullable Entity previous(VersionRecord version) {
        long position = version.previousPosition();
        try {
            return position == 0 ? null : reader.readVersion(position).toEntity(reader);
        } catch (CorruptDataException | StorageIoException e) {
            return null;
        }
    }
}
