package io.entitydb.storage.header;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Both header slots of a file, as they were read.
 *
 * @param file name of the file
 * @param a slot at 0, for even generations
 * @param b slot at 4096, for odd generations
 */
public record HeaderSlots(String file, HeaderSlot a, HeaderSlot b) {

    /**
     * Reads both slots. Maps the first 8192 bytes of the file, or all of a shorter one.
     *
     * @throws io.entitydb.storage.error.StorageIoException if the device fails: that says nothing
     *     of what the slots hold
     */
    public static HeaderSlots read(DiskFile file) {
        long size = file.size();
        file.map(Math.min(size, Header.DATA_OFFSET));
        return new HeaderSlots(file.name(), readSlot(file, size, 0), readSlot(file, size, 1));
    }

    /**
     * Writes a header to the slot of its generation: all 4096 bytes, zeros behind the header. It
     * survives power loss only after the file is forced.
     *
     * @throws io.entitydb.storage.error.StorageIoException if the system refuses; the slot then
     *     holds old bytes, new ones, or both
     */
    public static void write(DiskFile file, Header header) {
        ByteBuffer slot = ByteBuffer.allocate(HeaderLayout.SLOT_STRIDE);
        slot.put(HeaderCodec.encode(header)).clear();
        file.write(slot, position(header.slot()));
    }

    /**
     * The valid header of the newest generation. Two valid slots never have the same one, because a
     * slot is valid only if its generation belongs there.
     *
     * @throws UnsupportedFormatException if no slot was written by a store of this version
     * @throws CorruptDataException if no slot is valid otherwise, or the two do not belong to the
     *     same file
     */
    public Header newest() {
        if (a instanceof HeaderSlot.Valid(Header even)) {
            return b instanceof HeaderSlot.Valid(Header odd) ? newer(even, odd) : even;
        }
        if (b instanceof HeaderSlot.Valid(Header odd)) {
            return odd;
        }
        if (a instanceof HeaderSlot.Foreign(UnsupportedFormatException reason)
                && b instanceof HeaderSlot.Foreign) {
            throw reason;
        }
        throw new CorruptDataException(
                file,
                position(0),
                "no valid header slot; A: " + a.describe() + "; B: " + b.describe());
    }

    /** Which rule the step from the older to the newer header breaks; null if there is none. */
    public @Nullable String transitionProblem() {
        if (!(a instanceof HeaderSlot.Valid(Header even))
                || !(b instanceof HeaderSlot.Valid(Header odd))) {
            return null;
        }
        Header newest = newer(even, odd);
        Header before = newest.equals(even) ? odd : even;
        try {
            HeaderTransition.requireAll(before.withGeneration(newest.generation()), newest);
            return null;
        } catch (HeaderRuleException e) {
            return e.reason();
        }
    }

    private Header newer(Header even, Header odd) {
        if (!even.identity().equals(odd.identity())) {
            throw new CorruptDataException(
                    file,
                    position(0),
                    "slots of two files; A: " + even.identity() + "; B: " + odd.identity());
        }
        return even.generation() > odd.generation() ? even : odd;
    }

    private static HeaderSlot readSlot(DiskFile file, long size, int slot) {
        long position = position(slot);
        try {
            if (size < position + HeaderLayout.HEADER_BYTES) {
                throw HeaderCodec.tooShort(file.name(), size);
            }
            byte[] bytes = new byte[HeaderLayout.HEADER_BYTES];
            file.read(position, bytes, 0, bytes.length);
            return new HeaderSlot.Valid(HeaderCodec.decode(bytes, slot, file.name()));
        } catch (UnsupportedFormatException reason) {
            return new HeaderSlot.Foreign(reason);
        } catch (CorruptDataException reason) {
            return new HeaderSlot.Damaged(reason);
        }
    }

    private static long position(int slot) {
        return (long) slot * HeaderLayout.SLOT_STRIDE;
    }
}
