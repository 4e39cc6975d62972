package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;

import java.nio.ByteBuffer;

/** A disk at whose calls another member of the crew may go on, before the call and behind it. */
final class YieldingDisk {

    private YieldingDisk() {}

    static Disk of(Disk disk, DeterministicCrew crew) {
        return new ForwardingDisk(disk, file -> new YieldingFile(file, crew));
    }

    private static final class YieldingFile extends ForwardingFile {

        private final DeterministicCrew crew;

        private YieldingFile(DiskFile file, DeterministicCrew crew) {
            super(file);
            this.crew = crew;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            crew.pass();
            super.write(source, position);
            crew.pass();
        }

        @Override
        public void force() {
            crew.pass();
            super.force();
            crew.pass();
        }

        @Override
        public void map(long size) {
            crew.pass();
            super.map(size);
            crew.pass();
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            crew.pass();
            super.read(position, target, offset, length);
        }
    }
}
