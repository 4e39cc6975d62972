package io.entitydb.storage.repair;

import java.util.List;

/**
 * One thing that a check found, and where.
 *
 * @param code what kind of thing
 * @param file name of the file
 * @param position first byte concerned
 * @param end position behind the last byte concerned; equal to position if it is about no bytes
 * @param sequences the transactions concerned
 * @param entities the entities concerned, as far as they are known; at most {@value #MAX_ENTITIES}
 * @param expected what should be there
 * @param found what is there
 */
public record Finding(
        FindingCode code,
        String file,
        long position,
        long end,
        SequenceRange sequences,
        List<ConcernedEntity> entities,
        String expected,
        String found) {

    /** Most entities that one finding names. */
    public static final int MAX_ENTITIES = 100;

    /** Copies the list. */
    public Finding {
        entities = List.copyOf(entities);
    }

    /** Whether it means that something stored is lost or wrong. */
    public boolean isDamage() {
        return code.severity() == Severity.DAMAGE;
    }
}
