package io.entitydb.storage;

import java.util.Locale;

/**
 * What a build has to reach. The level is the system property {@code reliability.level}: {@code pr}
 * in every build, {@code night} and {@code release} by profiles.
 */
public enum ReliabilityGoal {
    /** Disks that a power cut may leave, each opened, compared, committed to and closed. */
    CRASH_STATES(500_000, 20_000_000, 200_000_000),
    /** The same, of stores that were being recovered when the power was cut. */
    NESTED_CRASH_STATES(50_000, 2_000_000, 20_000_000),
    /** The same, with contents that take chunk frames. */
    CHUNK_CRASH_STATES(1_000, 40_000, 400_000),
    /** The same, of stores in which entities are being erased. */
    ERASE_CRASH_STATES(10_000, 400_000, 4_000_000),
    /** Single bits turned in golden files, each file opened and read. */
    BIT_FLIPS(524_288, 5_000_000, 50_000_000),
    /** Golden files cut short at a length. */
    TRUNCATIONS(65_536, 200_000, 200_000),
    /** Sectors of golden files that changed places. */
    SECTOR_SWAPS(8_000, 80_000, 80_000),
    /** Sectors of golden files with garbage in them. */
    SECTOR_GARBAGE(128, 2_000, 2_000),
    /** Golden files extended, spliced with others, or with a run of bytes damaged. */
    SPLICES(2_000, 20_000, 200_000),
    /** Calls to the disk that fail, then restart and comparison. */
    FAILED_CALLS(5_000, 50_000, 500_000),
    /** Forces that fail, then more commits, restart and power loss. */
    FAILED_FORCES(20_000, 1_000_000, 10_000_000),
    /** Processes killed with at least 50 acknowledgements each. */
    KILLS(30, 1_500, 10_000),
    /** Processes killed at a call to the system, one after the other. */
    KILLS_AT_CALLS(200, 2_000, 6_000),
    /** A real file system filled, freed and written to again. */
    FULL_DEVICES(5, 200, 1_000),
    /** Inputs that decoders were given by a fuzzer. */
    FUZZ_EXECUTIONS(2_000_000, 100_000_000, 1_000_000_000),
    /** Random sequences of at least 200 operations, compared with a model. */
    MODEL_SEQUENCES(2_000, 200_000, 2_000_000),
    /** Orders of the engine's threads. */
    SCHEDULES(10_000, 1_000_000, 10_000_000),
    /** Interrupts of threads that commit and read. */
    INTERRUPTS(2_000, 100_000, 1_000_000),
    /** Requests of a fuzzer to the operations of the interface. */
    API_REQUESTS(5_000, 500_000, 5_000_000),
    /** Random operations through HTTP, compared with a model. */
    HTTP_OPERATIONS(2_000, 100_000, 1_000_000),
    /** Errors planted in the protocol and noticed. */
    PLANTED_BUGS(25, 25, 25);

    private static final String LEVEL =
            System.getProperty("reliability.level", "pr").toLowerCase(Locale.ROOT);

    private final long pullRequest;
    private final long night;
    private final long release;

    ReliabilityGoal(long pullRequest, long night, long release) {
        this.pullRequest = pullRequest;
        this.night = night;
        this.release = release;
    }

    /** The level of this build. */
    static String level() {
        return LEVEL;
    }

    /** Least count at the level of this build. */
    public long count() {
        return count(LEVEL);
    }

    /** Least count at a level. */
    long count(String atLevel) {
        return switch (atLevel) {
            case "pr" -> pullRequest;
            case "night" -> night;
            case "release" -> release;
            default -> throw new IllegalStateException("reliability.level is " + atLevel);
        };
    }

    /** Name in lower case, as the report has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
