package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.storage.repair.RestorePoint;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a directory of backups holds, as the files say themselves.
 *
 * @param chains the complete ones, in the order in which they were begun
 * @param orphans increments of which a part before is missing or damaged
 * @param damaged files that are not what they should be
 */
record Listing(List<Chain> chains, List<BackupFile> orphans, List<Damaged> damaged) {

    /** Copies the lists. */
    Listing {
        chains = List.copyOf(chains);
        orphans = List.copyOf(orphans);
        damaged = List.copyOf(damaged);
    }

    /**
     * A file that is not what it should be.
     *
     * @param reason what was found
     */
    record Damaged(BackupName name, String reason) {}

    /**
     * Puts files together.
     *
     * @param files those that are as they should be, the oldest first
     */
    static Listing of(List<BackupFile> files, List<Damaged> damaged) {
        List<List<BackupFile>> chains = new ArrayList<>();
        List<BackupFile> orphans = new ArrayList<>();
        for (BackupFile file : files) {
            if (file.from() == null) {
                chains.add(new ArrayList<>(List.of(file)));
                continue;
            }
            List<BackupFile> before =
                    chains.reversed().stream()
                            .filter(chain -> file.continues(chain.getLast()))
                            .findFirst()
                            .orElse(null);
            if (before == null) {
                orphans.add(file);
            } else {
                before.add(file);
            }
        }
        return new Listing(chains.stream().map(Chain::new).toList(), orphans, damaged);
    }

    /** All that are part of a chain, the oldest first. */
    List<BackupFile> files() {
        return chains.stream().flatMap(chain -> chain.parts().stream()).sorted(byName()).toList();
    }

    private static Comparator<BackupFile> byName() {
        return Comparator.comparing(BackupFile::name);
    }

    /** The backup made last that is part of a chain; null if there is none. */
    @Nullable BackupFile newest() {
        List<BackupFile> files = files();
        return files.isEmpty() ? null : files.getLast();
    }

    /** The newest name of all, damaged ones included; null if there is none. */
    @Nullable BackupName newestName() {
        Set<BackupName> names = new HashSet<>();
        files().forEach(file -> names.add(file.name()));
        orphans.forEach(file -> names.add(file.name()));
        damaged.forEach(file -> names.add(file.name()));
        return names.stream().max(Comparator.naturalOrder()).orElse(null);
    }

    /** The chain that a backup is part of; null if there is none. */
    @Nullable Chain chainOf(BackupFile file) {
        return chains.stream()
                .filter(chain -> chain.parts().contains(file))
                .findFirst()
                .orElse(null);
    }

    /**
     * Why a backup that was made after another one cannot be used; null if all can.
     *
     * @param than null for any
     */
    @Nullable String problemNewer(@Nullable BackupName than) {
        return unusable().stream()
                .filter(name -> than == null || name.compareTo(than) > 0)
                .findFirst()
                .map(this::problemOf)
                .orElse(null);
    }

    /** Why backups cannot be used that are part of no chain. */
    List<String> problems() {
        return unusable().stream().map(this::problemOf).toList();
    }

    /** Backups that are part of no chain, the damaged ones first. */
    private List<BackupName> unusable() {
        List<BackupName> names = new ArrayList<>();
        damaged.forEach(file -> names.add(file.name()));
        orphans.forEach(file -> names.add(file.name()));
        return names;
    }

    /** The chain up to a backup; null if it is part of none. */
    @Nullable Chain chainTo(BackupName name) {
        for (Chain chain : chains) {
            for (BackupFile part : chain.parts()) {
                if (part.name().equals(name)) {
                    return chain.until(part);
                }
            }
        }
        return null;
    }

    /** Why a backup of a name cannot be used. */
    String problemOf(BackupName name) {
        return damaged.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .map(file -> "backup " + name.id() + " is damaged: " + file.reason())
                .or(
                        () ->
                                orphans.stream()
                                        .filter(file -> file.name().equals(name))
                                        .findFirst()
                                        .map(Listing::problemOf))
                .orElse("there is no backup " + name.id());
    }

    private static String problemOf(BackupFile orphan) {
        return "backup "
                + orphan.name().id()
                + " continues one that ends with transaction "
                + (orphan.from() == null ? 0 : orphan.from().walSequence())
                + ", which is missing or damaged";
    }

    /**
     * The backup to read a state of the past from: of the newest history that reaches it, the one
     * made first, because retention may have taken versions away since. Null if none reaches it.
     */
    @Nullable BackupFile firstReaching(RestorePoint until) {
        List<BackupFile> reaching =
                files().stream().filter(file -> until.isReachedBy(file.to())).toList();
        long epoch = reaching.stream().mapToLong(file -> file.to().epoch()).max().orElse(0);
        return reaching.stream()
                .filter(file -> file.to().epoch() == epoch)
                .findFirst()
                .orElse(null);
    }

    /** What others are told of one that is part of a chain. */
    Backup toBackup(BackupFile file) {
        Chain chain = chainOf(file);
        return file.toBackup(chain == null ? file : chain.full());
    }
}
