package io.entitydb.storage.index;

import io.entitydb.storage.io.SimulatedDisk;

import java.util.Arrays;
import java.util.List;

/**
 * Loads an image from any bytes.
 *
 * <p><b>Shape of an input:</b> a byte that says whether the checksums are made to fit; the image.
 */
public final class ImageFuzz {

    private static final int REPAIRS = 1;

    private ImageFuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ForgedImage image = new ForgedImage(Arrays.copyOfRange(input, 1, input.length));
        byte[] bytes = (input[0] & REPAIRS) != 0 ? image.repaired() : image.bytes();
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(ImageWriter.FILE, bytes);
        switch (ImageReader.load(disk, Images.FILE_ID)) {
            case ImageResult.Loaded loaded -> requireRoundTrip(loaded);
            case ImageResult.Foreign foreign -> {}
            case ImageResult.Unsupported unsupported -> {}
            case ImageResult.Damaged damaged -> {}
            case ImageResult.Missing missing -> throw new AssertionError("it is there");
            case ImageResult.Unreadable unreadable ->
                    throw new AssertionError("read beyond the end", unreadable.error());
        }
        if (disk.openFiles() != 0) {
            throw new AssertionError("a file stays open");
        }
    }

    /** Inputs that are accepted. */
    public static List<byte[]> seeds() {
        return List.of(input(0), input(1), input(40));
    }

    private static byte[] input(int entries) {
        byte[] image = Images.bytes(Images.index(entries));
        byte[] input = new byte[1 + image.length];
        input[0] = REPAIRS;
        System.arraycopy(image, 0, input, 1, image.length);
        return input;
    }

    private static void requireRoundTrip(ImageResult.Loaded loaded) {
        SimulatedDisk disk = new SimulatedDisk(1);
        ImageHeader header = loaded.header();
        ImageHeader written =
                new ImageWriter(disk)
                        .write(
                                loaded.index(),
                                header.fileId(),
                                header.replayPoint(),
                                header::covered);
        if (!written.equals(header)
                || !(ImageReader.load(disk, header.fileId())
                        instanceof ImageResult.Loaded(EntityIndex index, ImageHeader again))
                || !again.equals(header)
                || index.size() != loaded.index().size()) {
            throw new AssertionError("an image is not loaded as it was written: " + header);
        }
        loaded.index()
                .forEach(
                        (hash, position) -> {
                            if (index.find(hash, found -> found == position) != position) {
                                throw new AssertionError("hash " + hash + " is lost");
                            }
                        });
    }
}
