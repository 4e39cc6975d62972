package io.entitydb.storage.log;

/** What stands at a position of the log. */
public sealed interface FrameRead {

    /** A whole, intact frame. */
    record Intact(Frame frame) implements FrameRead {}

    /**
     * None.
     *
     * @param position where it was looked for
     * @param reason what was found
     * @param isUnreadable whether the device failed, so that nothing is known of the bytes
     */
    record Broken(long position, String reason, boolean isUnreadable) implements FrameRead {}
}
