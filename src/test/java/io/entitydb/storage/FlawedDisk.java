package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Errors of the commit protocol, planted between an engine that has none and its disk. */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
enum FlawedDisk implements Function<SimulatedDisk, Disk> {
    /** Nothing is ever forced. */
    FORCE_SKIPPED(
            file ->
                    new ForwardingFile(file) {
                        @Override
                        public void force() {}
                    }),
    /** A commit is acknowledged when its frames are written, and forced with the next write. */
    ACKNOWLEDGED_BEFORE_FORCE(
            file ->
                    new ForwardingFile(file) {
                        private boolean isOwed;

                        @Override
                        public void force() {
                            isOwed = true;
                        }

                        @Override
                        public void write(ByteBuffer source, long position) {
                            if (isOwed) {
                                isOwed = false;
                                super.force();
                            }
                            super.write(source, position);
                        }
                    }),
    /** The header tells of space before the space is durable. */
    SPACE_PUBLISHED_BEFORE_FORCE(
            file ->
                    new ForwardingFile(file) {
                        private boolean isZero;

                        @Override
                        public void write(ByteBuffer source, long position) {
                            isZero = isZero(source);
                            super.write(source, position);
                        }

                        @Override
                        public void force() {
                            if (!isZero) {
                                super.force();
                            }
                        }
                    }),
    /** The other header slot is given up before the new header is durable. */
    BOTH_SLOTS_AT_ONCE(
            file ->
                    new ForwardingFile(file) {
                        @Override
                        public void write(ByteBuffer source, long position) {
                            if (position <= SLOT_BYTES) {
                                super.write(ByteBuffer.allocate(SLOT_BYTES), SLOT_BYTES - position);
                            }
                            super.write(source, position);
                        }
                    }),
    /** The tail of a batch is not written. */
    WRITE_CUT_SHORT(
            file ->
                    new ForwardingFile(file) {
                        private int writes;

                        @Override
                        public void write(ByteBuffer source, long position) {
                            writes++;
                            if (writes % 7 == 0 && position > SLOT_BYTES) {
                                source.limit(source.limit() - source.remaining() / 2);
                            }
                            super.write(source, position);
                        }
                    }),
    /** A new file is not entered into its directory. */
    DIRECTORY_FORCE_SKIPPED(UnaryOperator.identity()) {
        @Override
        public Disk apply(SimulatedDisk disk) {
            disk.control()
                    .inject(
                            Fault.of(DiskCall.FORCE_DIRECTORY, Fault.Effect.FORCE_IGNORED)
                                    .sticky());
            return disk;
        }
    };

    private static final int SLOT_BYTES = 4096;

    private final UnaryOperator<DiskFile> flaw;

    FlawedDisk(UnaryOperator<DiskFile> flaw) {
        this.flaw = flaw;
    }

    @Override
    public Disk apply(SimulatedDisk disk) {
        return new ForwardingDisk(
                disk, file -> file.name().startsWith(StoreFiles.DATA) ? flaw.apply(file) : file);
    }

    private static boolean isZero(ByteBuffer source) {
        for (int i = source.position(); i < source.limit(); i++) {
            if (source.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
