package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class VersionLinksTests {

    private static final int VERSIONS = 5;

    private final WrittenLog log = new WrittenLog();
    private final long[] at = new long[VERSIONS + 1];

    VersionLinksTests() {
        for (int number = 1; number <= VERSIONS; number++) {
            at[number] = log.add(WrittenLog.KEY, number, at[number - 1]);
        }
    }

    /** Version 6, which jumps to version 3 as a rule. */
    private String problemOfJump(long jump) {
        long sixth =
                log.add(
                        WrittenLog.draft(WrittenLog.KEY, 6, at[VERSIONS]).toBuilder()
                                .jumpPosition(jump)
                                .build());
        return problemOf(sixth, at[VERSIONS]);
    }

    private String problemOf(long version, long previous) {
        Reader reader = log.reader();
        return String.valueOf(
                new VersionLinks(reader)
                        .problemOf(
                                reader.readVersion(version),
                                reader.readVersion(previous),
                                WrittenLog.KEY));
    }

    @Test
    void versionsOfAnEntityFollowEachOtherAlsoWithSomeMissing() {
        assertThat(problemOf(at[2], at[1])).isEqualTo("null");
        assertThat(problemOf(at[3], at[1])).isEqualTo("null");
    }

    @Test
    void versionBeforeHasALowerNumber() {
        assertThat(problemOf(at[1], at[2])).isEqualTo("version 2 of transaction 2");
        assertThat(problemOf(at[2], at[2])).isEqualTo("version 2 of transaction 2");
    }

    @Test
    void versionBeforeIsOfAnEarlierTransaction() {
        long late = log.add(WrittenLog.KEY, 1, 0);

        assertThat(problemOf(at[2], late)).isEqualTo("version 1 of transaction 6");
    }

    @Test
    void twoVersionsOfOneNumberOrOneTransactionDoNotFollowEachOther() {
        long again = log.add(WrittenLog.KEY, VERSIONS, at[VERSIONS]);
        assertThat(problemOf(again, at[VERSIONS])).isEqualTo("version 5 of transaction 5");

        long[] both =
                log.appender()
                        .append(
                                List.of(
                                        WrittenLog.draft(WrittenLog.KEY, 6, at[VERSIONS]),
                                        WrittenLog.draft(WrittenLog.KEY, 7, at[VERSIONS])),
                                new Commitment(7, 7_000));
        assertThat(problemOf(both[1], both[0])).isEqualTo("version 6 of transaction 7");
    }

    @Test
    void versionBeforeIsOfTheSameEntity() {
        long other = log.add(WrittenLog.OTHER, 1, 0);
        long second = log.add(WrittenLog.KEY, 2, other);

        assertThat(problemOf(second, other)).isEqualTo("a version of another entity");
    }

    @Test
    void jumpLeadsWhereItsNumberSays() {
        assertThat(problemOfJump(at[3])).isEqualTo("null");
        assertThat(problemOfJump(at[2])).isEqualTo("a jump to version 2 instead of 3");
    }

    @Test
    void jumpStaysWithTheEntity() {
        long other = log.add(WrittenLog.draft(WrittenLog.OTHER, 3, at[2]));
        at[VERSIONS] = log.add(WrittenLog.KEY, VERSIONS, at[4]);

        assertThat(problemOfJump(other)).isEqualTo("a jump to another entity");
    }
}
