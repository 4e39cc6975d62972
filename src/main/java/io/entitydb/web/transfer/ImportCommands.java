package io.entitydb.web.transfer;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.entities.EntityChanges;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores lines of an import, several in one transaction. */
@Service
@RequiredArgsConstructor
class ImportCommands {

    private final EntityRepository repository;
    private final EntityChanges changes;
    private final Datasets datasets;
    private final Reading reading;
    private final Writing writing;

    /**
     * Checks that something can be imported.
     *
     * @throws NotFoundException if the dataset does not exist
     */
    void requirePresent(String dataset) {
        reading.read(
                () -> {
                    datasets.requirePresent(dataset);
                    return dataset;
                });
    }

    /** The newest transaction. */
    long newest() {
        return repository.snapshot();
    }

    /**
     * Stores lines of different entities together. If one of them cannot be stored, each is stored
     * by itself, so that it fails alone.
     *
     * @param isDryRun whether it is only tried out
     * @param isStopping whether nothing is stored behind a line that fails
     * @return what became of each, up to where it stopped
     * @throws StorageException if the store takes nothing; lines that have no result may be stored
     */
    List<ImportResult> store(List<ImportEntry> entries, boolean isDryRun, boolean isStopping) {
        try {
            return together(entries, isDryRun);
        } catch (EntityDbException
                | ProblemException
                | DamagedEntityException
                | CorruptDataException e) {
            if (entries.size() == 1) {
                ImportEntry entry = entries.getFirst();
                return List.of(
                        ImportResult.failed(
                                entry.line(), entry.key().id(), ProblemDetailsAdvice.problemOf(e)));
            }
        }
        List<ImportResult> results = new ArrayList<>();
        for (ImportEntry entry : entries) {
            ImportResult result = store(List.of(entry), isDryRun, isStopping).getFirst();
            results.add(result);
            if (isStopping && result.status() == ImportResult.Status.FAILED) {
                break;
            }
        }
        return results;
    }

    private List<ImportResult> together(List<ImportEntry> entries, boolean isDryRun) {
        List<EntityKey> keys = entries.stream().map(ImportEntry::key).toList();
        if (isDryRun) {
            return writing.tryOut(() -> apply(entries)).stream()
                    .map(ImportResult::withoutVersion)
                    .toList();
        }
        return writing.write(keys, () -> apply(entries));
    }

    private List<ImportResult> apply(List<ImportEntry> entries) {
        return entries.stream().map(this::apply).toList();
    }

    private ImportResult apply(ImportEntry entry) {
        if (entry.position() == VersionRun.NOTHING) {
            return result(entry, ImportResult.Status.UNCHANGED, 0);
        }
        Optional<Entity> newest = repository.latest(entry.key());
        long number = newest.map(found -> found.version().number()).orElse(0L);
        boolean isThere = newest.filter(found -> !found.isDeleted()).isPresent();
        if (entry.position() >= 1 && entry.position() <= number) {
            return compare(entry);
        }
        boolean isSaid = entry.position() == 0 && newest.filter(entry::isShownBy).isPresent();
        if (isSaid || (entry.draft() == null && !isThere)) {
            return result(entry, ImportResult.Status.UNCHANGED, number);
        }
        if (entry.draft() == null) {
            Written made = changes.delete(entry.key(), Preconditions.NONE);
            return result(entry, ImportResult.Status.DELETED, made.version());
        }
        Written made = changes.put(entry.key(), entry.draft(), Preconditions.NONE);
        boolean isCreated = made.status() == HttpStatus.CREATED;
        return result(
                entry,
                isCreated ? ImportResult.Status.CREATED : ImportResult.Status.UPDATED,
                made.version());
    }

    /** The version that a line stands for is there already: is it that one? */
    private ImportResult compare(ImportEntry entry) {
        long position = entry.position();
        Entity found =
                repository
                        .find(entry.key(), new AsOf.AtVersion(position))
                        .orElseThrow(() -> NotFoundException.version(entry.key(), position));
        if (!entry.isShownBy(found)) {
            throw new VersionConflictException(
                    entry.key(), "version " + position + " is there and says something else");
        }
        return result(entry, ImportResult.Status.UNCHANGED, position);
    }

    private static ImportResult result(
            ImportEntry entry, ImportResult.Status status, long version) {
        return new ImportResult(
                entry.line(), entry.key().id(), status, version == 0 ? null : version, null);
    }
}
