package io.entitydb.search;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The last commit of an index that nobody writes, opened without changing its directory.
 *
 * @param reader the documents
 * @param stamp what they are; null if the commit carries no stamp of this form
 */
record CommittedIndex(Directory directory, DirectoryReader reader, @Nullable IndexStamp stamp)
        implements Closeable {

    /** An index that cannot be used as it is. */
    static final class Unusable extends IOException {

        private static final long serialVersionUID = 1L;

        private final String file;
        private final boolean isDamaged;

        Unusable(String file, Exception cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
            this.file = file;
            this.isDamaged = isDamage(cause);
        }

        /** The file within the directory; empty if that is not known. */
        String file() {
            return file;
        }

        /** Whether its bytes are to blame, and not the device or the rights. */
        boolean isDamaged() {
            return isDamaged;
        }

        private static boolean isDamage(Exception cause) {
            return cause instanceof CorruptIndexException
                    || cause instanceof IndexFormatTooOldException
                    || cause instanceof IndexFormatTooNewException
                    || cause instanceof EOFException
                    || cause instanceof NoSuchFileException
                    || cause instanceof FileNotFoundException
                    || cause instanceof RuntimeException;
        }
    }

    /**
     * Opens the index and checks every byte of it.
     *
     * @return null if there is none
     * @throws Unusable if it does not verify or cannot be read
     */
    static @Nullable CommittedIndex open(Path path) throws Unusable {
        // Lucene would make the directory.
        if (!Files.isDirectory(path)) {
            return null;
        }
        try {
            Directory directory = FSDirectory.open(path, NoLockFactory.INSTANCE);
            boolean isOpen = false;
            try {
                CommittedIndex index =
                        DirectoryReader.indexExists(directory) ? verified(directory) : null;
                isOpen = index != null;
                return index;
            } finally {
                if (!isOpen) {
                    directory.close();
                }
            }
        } catch (Unusable e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new Unusable("", e);
        }
    }

    private static CommittedIndex verified(Directory directory) throws IOException {
        SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
        for (String file : commit.files(true)) {
            try {
                IndexOpening.verify(directory, file);
            } catch (IOException | RuntimeException e) {
                throw new Unusable(file, e);
            }
        }
        return new CommittedIndex(
                directory,
                DirectoryReader.open(directory),
                IndexStamp.read(commit.getUserData()).orElse(null));
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            reader.close();
        }
    }
}
