package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionFacts;
import io.entitydb.storage.log.VersionLinks;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Checks intact versions: their facts against their digests, their contents, and what they refer
 * to. Serves one thread.
 */
@RequiredArgsConstructor
final class VersionCheck {

    private final Reader reader;
    private final KeyHash keyHash;
    private final Findings findings;
    private final DamageMap damage;
    private final LogTally tally;
    private final IndexSums sums;
    private final VersionWitness witness;

    private boolean isComplete = true;

    /** Whether each intact record that claimed to be a version decoded. */
    boolean isComplete() {
        return isComplete;
    }

    /** Checks one record of a transaction that is intact by itself. */
    void check(RawRecord raw) {
        if (raw.isStub()) {
            tally.stub();
            return;
        }
        try {
            VersionRecord version = raw.toVersion();
            VersionFacts facts = VersionFacts.of(version, reader.dictionary());
            tally.version(version.livingDelta(), version.isErased());
            if (!facts.digest().equals(version.digest())) {
                report(
                        FindingCode.RECORD_DIGEST_DIFFERS,
                        version,
                        facts.key(),
                        version.digest().toString(),
                        facts.digest().toString());
            }
            checkContent(version, facts);
            VersionRecord previous = previous(version, facts.key());
            sums.move(keyHash.of(facts.key()), version.previousPosition(), version.position());
            if (!witness.equals(VersionWitness.NONE)) {
                witness.version(
                        version.toEntity(reader),
                        previous == null ? null : previous.toEntity(reader));
            }
        } catch (CorruptDataException e) {
            tally.livingIsHidden();
            isComplete = false;
            findings.add(
                    new Finding(
                            FindingCode.RECORD_MALFORMED,
                            e.file(),
                            raw.position(),
                            raw.end(),
                            SequenceRange.NONE,
                            List.of(),
                            "a version that decodes",
                            e.reason()));
        }
    }

    private void checkContent(VersionRecord version, VersionFacts facts) {
        @Nullable String problem;
        try {
            problem = facts.contentProblem(reader);
        } catch (CorruptDataException e) {
            if (isKnownDamage(e.position(), facts.key())) {
                return;
            }
            problem = "at " + e.position() + ": " + e.reason();
        } catch (StorageIoException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (problem != null) {
            report(
                    FindingCode.CONTENT_DIFFERS,
                    version,
                    facts.key(),
                    "the content that was written",
                    problem);
        }
    }

    /** The version before; null if there is none, or none that is intact. */
    private @Nullable VersionRecord previous(VersionRecord version, EntityKey key) {
        if (version.previousPosition() == 0) {
            return null;
        }
        VersionRecord previous = null;
        @Nullable String problem;
        try {
            previous = reader.readVersion(version.previousPosition());
            problem = new VersionLinks(reader).problemOf(version, previous, key);
        } catch (CorruptDataException e) {
            hide(key);
            if (isKnownDamage(e.position(), key)) {
                return previous;
            }
            problem = "at " + e.position() + ": " + e.reason();
        } catch (StorageIoException e) {
            hide(key);
            problem = String.valueOf(e.getMessage());
        }
        if (problem != null) {
            report(
                    FindingCode.VERSION_CHAIN_BROKEN,
                    version,
                    key,
                    "version " + (version.number() - 1) + " of the same entity",
                    problem);
        }
        return previous;
    }

    private void hide(EntityKey key) {
        sums.hide(keyHash.of(key));
        witness.hidden(key);
    }

    /** Whether a position is known to be damaged; then the entity is one of those concerned. */
    private boolean isKnownDamage(long position, EntityKey key) {
        DamagedStretch stretch = damage.at(position);
        if (stretch != null) {
            stretch.concerns(key, true);
        }
        return stretch != null;
    }

    private void report(
            FindingCode code, VersionRecord version, EntityKey key, String expected, String found) {
        findings.add(
                new Finding(
                        code,
                        reader.fileName(),
                        version.position(),
                        version.end(),
                        SequenceRange.of(version.sequence()),
                        List.of(new ConcernedEntity(key, true)),
                        expected,
                        found));
    }
}
