package io.entitydb.query;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The texts that queries are made of, whatever form the query as a whole has.
 *
 * <p>Each method takes the name under which its text was given; what it throws names it. A name
 * that begins with a slash is a JSON pointer.
 */
public final class QueryText {

    private static final String INSTANT =
            "an RFC 3339 date-time is expected (in a URL the + of an offset is escaped)";

    private QueryText() {}

    /**
     * {@code namespace:value}.
     *
     * @throws InvalidQueryException if the text is no tag
     */
    public static Condition tag(String name, String text) {
        return named(name, () -> new Condition.HasTag(Tag.parse(text)));
    }

    /**
     * {@code namespace:beginning}.
     *
     * @throws InvalidQueryException if no tag begins like this
     */
    public static Condition prefix(String name, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidQueryException(name, "a prefix is written namespace:beginning");
        }
        return named(
                name,
                () -> new Condition.HasPrefix(text.substring(0, colon), text.substring(colon + 1)));
    }

    /**
     * A namespace.
     *
     * @throws InvalidQueryException if no tag has it
     */
    public static Condition namespace(String name, String text) {
        return named(name, () -> new Condition.HasPrefix(text, ""));
    }

    /**
     * Words and phrases to be found in contents.
     *
     * @throws InvalidQueryException if the text says none, or too many
     */
    public static Condition text(String name, String text) {
        return TextQuery.parse(name, text);
    }

    /**
     * The ends of a range of times, one of which may be missing.
     *
     * @param from the first instant
     * @param until the first instant behind the range
     * @throws InvalidQueryException if an end is no instant, or the range is empty
     */
    public static Condition range(
            Condition.Time time, Named<@Nullable String> from, Named<@Nullable String> until) {
        Timestamp first =
                from.value() == null
                        ? Condition.InRange.ALWAYS
                        : instant(from.name(), from.value());
        Timestamp end =
                until.value() == null ? Timestamp.MAX : instant(until.name(), until.value());
        return named(
                until.value() == null ? from.name() : until.name(),
                () -> new Condition.InRange(time, first, end));
    }

    /**
     * Something that was given under a name.
     *
     * @param name name of the parameter, or JSON pointer
     * @param value what was given
     */
    public record Named<T extends @Nullable Object>(String name, T value) {}

    private static Timestamp instant(String name, String text) {
        try {
            return Timestamp.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidQueryException(name, INSTANT);
        }
    }

    /**
     * The point at which many entities are read.
     *
     * @throws InvalidQueryException if the text is neither an instant nor {@code tx:N}
     */
    public static AsOf asOf(String name, String text) {
        try {
            AsOf asOf = AsOf.parse(text);
            if (!(asOf instanceof AsOf.AtVersion)) {
                return asOf;
            }
        } catch (IllegalArgumentException e) {
            throw wrongPoint(name);
        }
        throw wrongPoint(name);
    }

    private static InvalidQueryException wrongPoint(String name) {
        return new InvalidQueryException(
                name,
                "neither an RFC 3339 date-time (in a URL the + of an offset is escaped) nor tx:N");
    }

    /**
     * States of life.
     *
     * @throws InvalidQueryException if there are none of that name
     */
    public static EntityQuery.States states(String name, String text) {
        return switch (text) {
            case "active" -> EntityQuery.States.ACTIVE;
            case "deleted" -> EntityQuery.States.DELETED;
            case "any" -> EntityQuery.States.ANY;
            default -> throw new InvalidQueryException(name, "a state is active, deleted or any");
        };
    }

    /**
     * Levels of an order, parted by commas.
     *
     * @throws InvalidQueryException if a level does not exist
     */
    public static List<SortKey> sort(String name, String text) {
        return Stream.of(text.split(",", -1)).map(level -> sortKey(name, level)).toList();
    }

    private static SortKey sortKey(String name, String text) {
        boolean isDescending = text.startsWith("-");
        return switch (isDescending ? text.substring(1) : text) {
            case "createdAt" -> new SortKey(SortKey.Field.CREATED_AT, isDescending);
            case "updatedAt" -> new SortKey(SortKey.Field.UPDATED_AT, isDescending);
            case "id" -> new SortKey(SortKey.Field.ID, isDescending);
            default ->
                    throw new InvalidQueryException(
                            name,
                            "an order is made of createdAt, updatedAt and id, each with '-' for"
                                    + " descending, parted by commas");
        };
    }

    private static Condition named(String name, Supplier<Condition> reader) {
        try {
            return reader.get();
        } catch (InvalidEntityException | InvalidQueryException e) {
            throw new InvalidQueryException(name, String.valueOf(e.getMessage()));
        }
    }
}
