package io.entitydb.storage.index;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

/**
 * Reads an image entry by entry without loading it, in memory for one block. Serves one thread.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 */
public final class ImageScan implements AutoCloseable {

    private final DiskFile file;
    private final ImageHeader header;

    private ImageScan(DiskFile file, ImageHeader header) {
        this.file = file;
        this.header = header;
    }

    /** Name of the file of the image. */
    public static String fileName() {
        return ImageWriter.FILE;
    }

    /**
     * Opens the image of a directory.
     *
     * @return null if it has none
     * @throws io.entitydb.storage.error.CorruptDataException if its header does not verify
     * @throws io.entitydb.storage.error.UnsupportedFormatException if it is something else
     */
    public static @Nullable ImageScan open(Disk disk) {
        if (!disk.list().contains(ImageWriter.FILE)) {
            return null;
        }
        DiskFile file = disk.open(ImageWriter.FILE, Disk.Access.READ);
        boolean isOpened = false;
        try {
            ImageScan scan = new ImageScan(file, new ImageReader(file).header());
            isOpened = true;
            return scan;
        } finally {
            if (!isOpened) {
                file.close();
            }
        }
    }

    /** What the image says of itself. */
    public ImageHeader header() {
        return header;
    }

    /** Bytes of the file. */
    public long size() {
        return file.size();
    }

    /**
     * Passes on all entries, those of a block when it has been verified.
     *
     * @throws io.entitydb.storage.error.CorruptDataException where the image does not verify; what
     *     was passed on before is worth nothing then
     */
    public void forEach(EntryVisitor visitor) {
        ImageReader reader = new ImageReader(file);
        reader.requireSize(header.slotCount());
        reader.readBlocks(header, visitor);
    }

    @Override
    public void close() {
        file.close();
    }
}
