package io.entitydb.storage.log;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

/**
 * Reads the name of an entity from a record whose checksum fails. The name may be wrong: it tells
 * an operator where to look, and nothing is built on it.
 */
public final class NameGuess {

    private static final int NAME_BYTES = 1024;

    private NameGuess() {}

    /**
     * The name that stands where a version would have it.
     *
     * @param position where the record begins
     * @param end where readable bytes end
     * @return null if nothing there looks like a name
     */
    public static @Nullable EntityKey at(
            DiskFile file, long position, long end, TagDictionary dictionary) {
        int length = (int) Math.min(RecordLayout.BODY + NAME_BYTES, end - position);
        if (length <= RecordLayout.BODY) {
            return null;
        }
        byte[] bytes = new byte[length];
        try {
            file.read(position, bytes, 0, length);
            if (RecordKind.changeOf(bytes[RecordLayout.KIND]) == null) {
                return null;
            }
            RecordBody body = new RecordBody(file.name(), position, bytes, RecordLayout.BODY);
            return new EntityKey(body.readWord(dictionary), body.readText(body.readByte()));
        } catch (StorageIoException | CorruptDataException | EntityDbException e) {
            return null;
        }
    }
}
