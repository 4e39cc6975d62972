package io.entitydb.storage.io;

import io.entitydb.storage.error.StorageIoException;

import org.jspecify.annotations.Nullable;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Names and their files: as power loss would leave them, as the process sees them, and the changes
 * between the two, oldest first. Guarded by the disk's monitor.
 */
final class SimulatedDirectory {

    private final SortedMap<String, StoredFile> durable = new TreeMap<>();
    private final SortedMap<String, StoredFile> visible = new TreeMap<>();
    private final List<DirectoryChange> pending = new ArrayList<>();
    private boolean isPresent;
    private long writes;

    SimulatedDirectory(boolean isPresent) {
        this.isPresent = isPresent;
    }

    /** A directory in which everything is durable. */
    static SimulatedDirectory durable(Map<String, StoredFile> files) {
        var directory = new SimulatedDirectory(true);
        directory.durable.putAll(files);
        directory.visible.putAll(files);
        return directory;
    }

    SimulatedDirectory copy() {
        var copies = new IdentityHashMap<StoredFile, StoredFile>();
        UnaryOperator<StoredFile> copyOnce = file -> copies.computeIfAbsent(file, StoredFile::copy);
        var copy = new SimulatedDirectory(isPresent);
        copy.writes = writes;
        durable.forEach((name, file) -> copy.durable.put(name, copyOnce.apply(file)));
        visible.forEach((name, file) -> copy.visible.put(name, copyOnce.apply(file)));
        for (var change : pending) {
            copy.pending.add(
                    switch (change) {
                        case DirectoryChange.Created(var name, var file) ->
                                new DirectoryChange.Created(name, copyOnce.apply(file));
                        case DirectoryChange.Renamed renamed -> renamed;
                        case DirectoryChange.Deleted deleted -> deleted;
                    });
        }
        return copy;
    }

    /** Every file that has a name, or may have one again after power loss. */
    Set<StoredFile> files() {
        Set<StoredFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
        files.addAll(durable.values());
        files.addAll(visible.values());
        for (var change : pending) {
            if (change instanceof DirectoryChange.Created created) {
                files.add(created.file());
            }
        }
        return files;
    }

    /** What power loss leaves if the first changes got through. */
    Map<String, StoredFile> afterPowerLoss(int survivingChanges) {
        var files = new TreeMap<>(durable);
        pending.subList(0, survivingChanges).forEach(change -> change.applyTo(files));
        return files;
    }

    int pendingChanges() {
        return pending.size();
    }

    /** The place of a new write among all. */
    long nextWrite() {
        return writes++;
    }

    /** Sum of the sizes of all files that have a name. */
    long usedBytes() {
        return visible.values().stream().mapToLong(file -> file.cache().size()).sum();
    }

    boolean isPresent() {
        return isPresent;
    }

    /** The directory itself is durable at once. */
    void create() {
        isPresent = true;
    }

    List<String> names() {
        return List.copyOf(visible.keySet());
    }

    @Nullable StoredFile find(String name) {
        return visible.get(name);
    }

    /**
     * The file of that name.
     *
     * @param call what is asked of it, for the message if it is missing
     */
    StoredFile require(String call, String name) {
        var file = visible.get(name);
        if (file == null) {
            throw new StorageIoException(call + " " + name, new NoSuchFileException(name));
        }
        return file;
    }

    void apply(DirectoryChange change) {
        change.applyTo(visible);
        pending.add(change);
    }

    /** Adds a file whose name survives power loss at once. */
    void putDurably(String name, StoredFile file) {
        visible.put(name, file);
        durable.put(name, file);
    }

    /** Makes all changes durable. */
    void force() {
        pending.forEach(change -> change.applyTo(durable));
        pending.clear();
    }
}
