package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.LossRecord;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One step of a history that is being copied. Steps come in the order of their sequences. */
sealed interface Step {

    /** Sequence and commit time of the transaction, or of the last one that is lost. */
    Commitment commitment();

    /** The digest of history up to it; zeros if it is not known. */
    Digest digest();

    /**
     * A transaction that is kept.
     *
     * @param source the file that it is taken from
     * @param pieces what is left of each of its records, in order
     */
    record Kept(Commitment commitment, Digest digest, SourceFile source, List<Piece> pieces)
            implements Step {

        /** Copies the list. */
        public Kept {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * Transactions that no file holds.
     *
     * @param loss the first of them, and who has accepted it
     * @param isKnown whether the loss is a part of history already
     */
    record Lost(LossRecord loss, Commitment commitment, Digest digest, boolean isKnown)
            implements Step {}

    /** What is left of a record. */
    sealed interface Piece {}

    /**
     * A version.
     *
     * @param source the file that it is taken from
     */
    record Whole(VersionRecord version, SourceFile source) implements Piece {}

    /**
     * A record of which only the digest is left, and should be: it was erased or left out before.
     */
    record Bare(Digest digest) implements Piece {}

    /**
     * A record of which only the digest is left.
     *
     * @param key whose version it is; null if that is not known
     */
    record Ruined(Digest digest, @Nullable EntityKey key) implements Piece {}
}
