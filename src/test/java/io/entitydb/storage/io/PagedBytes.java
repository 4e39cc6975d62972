package io.entitydb.storage.io;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Bytes in pages that copies share until one of them writes. Untouched pages are one and the same.
 *
 * <p>Not thread-safe; a copy is independent of its original.
 */
final class PagedBytes {

    static final int PAGE_BYTES = 4096;

    /** Stands for every page that was never written to, and is never written to. */
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private byte[][] pages;
    private long size;

    /** Pages that nobody else sees; null while the table itself is shared. */
    private @Nullable BitSet owned;

    PagedBytes() {
        this(new byte[0][], 0, new BitSet());
    }

    private PagedBytes(byte[][] pages, long size, @Nullable BitSet owned) {
        this.pages = pages;
        this.size = size;
        this.owned = owned;
    }

    /** Costs the same for any size. */
    PagedBytes copy() {
        owned = null;
        return new PagedBytes(pages, size, null);
    }

    long size() {
        return size;
    }

    /** Sets the size: cut bytes are gone, new ones are zero. */
    void resize(long newSize) {
        if (newSize < size) {
            int kept = pageCount(newSize);
            if (kept < pages.length) {
                var table = ownedTable(0);
                Arrays.fill(pages, kept, pages.length, ZEROS);
                table.clear(kept, pages.length);
            }
            int used = (int) (newSize % PAGE_BYTES);
            if (used != 0 && !isAbsent(kept - 1)) {
                Arrays.fill(ownedPage(kept - 1), used, PAGE_BYTES, (byte) 0);
            }
        }
        size = newSize;
    }

    /** Writes bytes, growing if they end beyond the size. */
    void write(long position, byte[] source, int offset, int length) {
        int done = 0;
        while (done < length) {
            int index = (int) ((position + done) / PAGE_BYTES);
            int start = (int) ((position + done) % PAGE_BYTES);
            int count = Math.min(length - done, PAGE_BYTES - start);
            if (!isAbsent(index) || !isZero(source, offset + done, count)) {
                System.arraycopy(source, offset + done, ownedPage(index), start, count);
            }
            done += count;
        }
        size = Math.max(size, position + length);
    }

    /** Reads bytes; beyond the size they are zero. */
    void read(long position, byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            int index = (int) ((position + done) / PAGE_BYTES);
            int start = (int) ((position + done) % PAGE_BYTES);
            int count = Math.min(length - done, PAGE_BYTES - start);
            var page = isAbsent(index) ? ZEROS : pages[index];
            System.arraycopy(page, start, target, offset + done, count);
            done += count;
        }
    }

    /** Size and bytes in one number; pages of zeros count as absent ones. */
    long fingerprint() {
        long all = size;
        for (int i = 0; i < pages.length; i++) {
            if (!isAbsent(i) && !isZero(pages[i], 0, PAGE_BYTES)) {
                all = mixed(all, i);
                for (int at = 0; at < PAGE_BYTES; at += Long.BYTES) {
                    all = mixed(all, LittleEndian.longAt(pages[i], at));
                }
            }
        }
        return all;
    }

    /**
     * Stirs eight bytes into a number. All 64 bits must count: a campaign compares some hundred
     * million pairs of disks, and two that look the same by chance are taken for one.
     */
    private static long mixed(long all, long next) {
        long stirred = (all ^ next) * 0x9E3779B97F4A7C15L;
        return stirred ^ stirred >>> 32;
    }

    /** Whether a range within one page holds zeros only. */
    boolean isZero(long position, int length) {
        int index = (int) (position / PAGE_BYTES);
        return isAbsent(index) || isZero(pages[index], (int) (position % PAGE_BYTES), length);
    }

    private static boolean isZero(byte[] bytes, int offset, int length) {
        return Arrays.equals(bytes, offset, offset + length, ZEROS, 0, length);
    }

    // The page that stands for no page is known by its identity, not by its zeros.
    @SuppressWarnings("ReferenceEquality")
    private boolean isAbsent(int index) {
        return index >= pages.length || pages[index] == ZEROS;
    }

    private byte[] ownedPage(int index) {
        var table = ownedTable(index + 1);
        var page = pages[index];
        if (!table.get(index)) {
            page = page.clone();
        }
        pages[index] = page;
        table.set(index);
        return page;
    }

    /** Makes the table this object's own and long enough. */
    private BitSet ownedTable(int count) {
        var table = owned;
        if (table == null || count > pages.length) {
            int before = pages.length;
            int spare = count > before ? before / 2 : 0;
            pages = Arrays.copyOf(pages, Math.max(count, before) + spare);
            Arrays.fill(pages, before, pages.length, ZEROS);
        }
        if (table == null) {
            table = new BitSet();
            owned = table;
        }
        return table;
    }

    private static int pageCount(long bytes) {
        return Math.toIntExact((bytes + PAGE_BYTES - 1) / PAGE_BYTES);
    }
}
