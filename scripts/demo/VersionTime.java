import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * When a version came to be.
 *
 * @param at the instant, to the nanosecond
 */
record VersionTime(Instant at) {

    /** That of a version as the service shows it. */
    static VersionTime of(Map<String, Object> version) {
        return new VersionTime(Instant.parse(String.valueOf(version.get("updatedAt"))));
    }

    /** An instant at which this version still was the newest, halfway to the next one. */
    String middleTo(VersionTime next) {
        return at.plus(Duration.between(at, next.at).dividedBy(2)).toString();
    }

    /** The instant as the service reads it. */
    String text() {
        return at.toString();
    }
}
