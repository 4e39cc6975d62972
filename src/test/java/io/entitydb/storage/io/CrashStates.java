package io.entitydb.storage.io;

import io.entitydb.storage.io.CrashChoice.Growth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The disks that a power cut may leave behind.
 *
 * <p><b>What comes through.</b> What was forced, always. Of the other writes any subset, since the
 * page cache is written back in any order; of the directory changes a prefix, since file systems
 * journal them in order. Writes may be torn ({@link Tear}) and sizes may lag ({@link Growth}).
 *
 * <p><b>Sectors.</b> A sector is written as the page cache holds it. So if two writes meet in one
 * sector and the later gets through whole, it takes the earlier one's bytes in that sector along.
 */
final class CrashStates {

    private final SimulatedDirectory directory;
    private final List<Unit> units;
    private final CrashPlan plan;

    /** The directory belongs to this object from here on. */
    CrashStates(SimulatedDirectory directory, CrashPlan plan) {
        this.directory = directory;
        this.plan = plan;
        this.units = units(directory);
    }

    private static List<Unit> units(SimulatedDirectory directory) {
        var units = new ArrayList<Unit>();
        for (var file : directory.files()) {
            for (var write : file.pending()) {
                if (write.length() > 0) {
                    units.add(new Unit(file, write));
                }
            }
        }
        units.sort(Comparator.comparingLong(unit -> unit.write().order()));
        return List.copyOf(units);
    }

    Stream<State> stream() {
        boolean isGrowing =
                units.stream().anyMatch(u -> u.write().end() > u.file().durable().size());
        var writes = units.stream().map(Unit::write).toList();
        var choices = new CrashChoices(writes, directory.pendingChanges(), isGrowing, plan);
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(choices, order), false)
                .map(choice -> new State(build(choice), choice));
    }

    private SimulatedDirectory build(CrashChoice choice) {
        var files = new TreeMap<String, StoredFile>();
        directory
                .afterPowerLoss(choice.directoryChanges())
                .forEach((name, file) -> files.put(name, new StoredFile(image(file, choice))));
        return SimulatedDirectory.durable(files);
    }

    private PagedBytes image(StoredFile file, CrashChoice choice) {
        var image = file.durable().copy();
        for (int i = 0; i < units.size(); i++) {
            var unit = units.get(i);
            if (unit.file() != file) {
                continue;
            }
            var tear = choice.torn().get(i);
            if (choice.kept().get(i)) {
                applyWhole(image, i);
            } else if (tear != null) {
                applyTorn(image, i, tear);
            }
        }
        long size =
                switch (choice.growth()) {
                    case AS_WRITTEN -> image.size();
                    case NONE -> Math.min(image.size(), file.durable().size());
                    case FULL -> grownSize(file);
                };
        image.resize(size);
        return image;
    }

    private long grownSize(StoredFile file) {
        long size = file.durable().size();
        for (var write : file.pending()) {
            size = Math.max(size, write.end());
        }
        return size;
    }

    private void applyWhole(PagedBytes image, int index) {
        var write = units.get(index).write();
        bringSectorForward(image, index, write.position());
        bringSectorForward(image, index, write.end() - 1);
        write.applyTo(image);
    }

    /** Applies what earlier writes put into the sector that holds a position. */
    private void bringSectorForward(PagedBytes image, int index, long position) {
        long sector = position - position % Tear.SECTOR_BYTES;
        var file = units.get(index).file();
        for (var unit : units.subList(0, index)) {
            if (unit.file() == file) {
                unit.write().applyTo(image, sector, sector + Tear.SECTOR_BYTES);
            }
        }
    }

    private void applyTorn(PagedBytes image, int index, Tear tear) {
        var unit = units.get(index);
        var write = unit.write();
        long position = write.position();
        while (position < write.end()) {
            long sector = position - position % Tear.SECTOR_BYTES;
            long stop = Math.min(write.end(), sector + Tear.SECTOR_BYTES);
            if (!unit.file().durable().isZero(sector, Tear.SECTOR_BYTES)) {
                if (tear.getsThrough(write, position)) {
                    bringSectorForward(image, index, position);
                    write.applyTo(image, position, stop);
                }
            } else {
                applyUnused(image, write, tear, position, stop);
            }
            position = stop;
        }
    }

    private static void applyUnused(
            PagedBytes image, PendingWrite write, Tear tear, long from, long to) {
        int step = Math.min(tear.blockBytes(), Tear.SECTOR_BYTES);
        long position = from;
        while (position < to) {
            long stop = Math.min(to, position - position % step + step);
            if (tear.getsThrough(write, position)) {
                write.applyTo(image, position, stop);
            } else {
                tear.fill(image, position, (int) (stop - position));
            }
            position = stop;
        }
    }

    /** A pending write and its file. */
    private record Unit(StoredFile file, PendingWrite write) {}

    /** A directory after the power cut and the choice that made it. */
    record State(SimulatedDirectory directory, CrashChoice choice) {}
}
