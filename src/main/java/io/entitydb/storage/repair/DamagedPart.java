package io.entitydb.storage.repair;

/**
 * Bytes of a file that do not verify.
 *
 * @param position where they begin
 * @param end position right behind them
 * @param reason which rule failed
 */
public record DamagedPart(long position, long end, String reason) {

    boolean contains(long at) {
        return position <= at && at < end;
    }
}
