package io.entitydb.storage.recovery;

import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.SequencePositions;
import io.entitydb.storage.log.Wal;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a store that has been opened.
 *
 * @param file the open data file
 * @param headerSync its header
 * @param wal its log, at the recovered tail
 * @param reader reads its records
 * @param index newest versions
 * @param keyHash hashes keys for the index
 * @param positions where some transactions stand
 * @param indexBorder border that the index image covers; replay would start there
 * @param quarantine what is known to be damaged
 * @param ledger its erasures
 * @param afterGap what can be read behind damage that ended the replay; null if none did
 * @param findings what was found and done
 */
public record RecoveredStore(
        DiskFile file,
        HeaderSync headerSync,
        Wal wal,
        Reader reader,
        EntityIndex index,
        KeyHash keyHash,
        SequencePositions positions,
        FrameChain indexBorder,
        Quarantine quarantine,
        ErasureLedger ledger,
        @Nullable AfterGap afterGap,
        RecoveryFindings findings) {}
