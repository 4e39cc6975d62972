package io.entitydb.query;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the URL form of a query.
 *
 * <p><b>Shape:</b> {@code tag=namespace:value} (repeated: all of them), {@code any=} (at least one
 * of them), {@code not=} (none of them), {@code prefix=namespace:beginning} and {@code namespace=}
 * (repeated: all of them), {@code state=active|deleted|any}, {@code sort=-updatedAt,id} with {@code
 * createdAt}, {@code updatedAt} and {@code id}, a minus for descending. Without conditions every
 * entity is found; without a state living ones are.
 */
public final class QueryParser {

    /** The parameters that form a query. */
    public static final Set<String> NAMES =
            Set.of("tag", "any", "not", "prefix", "namespace", "state", "sort");

    /** Conditions that the parser itself may add around those of the parameters. */
    private static final int WRAPPERS = 4;

    private final Map<String, List<String>> parameters;

    private QueryParser(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * The query that the parameters form.
     *
     * @param dataset the dataset's name
     * @param parameters the values of each parameter, in the order given
     * @throws InvalidQueryException naming the parameter that is unknown or has a wrong value
     * @throws InvalidEntityException if no dataset can have the name
     */
    public static EntityQuery parse(String dataset, Map<String, List<String>> parameters) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name)) {
                throw new InvalidQueryException(name, "no such parameter");
            }
        }
        QueryParser parser = new QueryParser(parameters);
        return new EntityQuery(dataset, parser.where(), parser.states(), parser.sort());
    }

    private Condition where() {
        refuseTooMany();
        List<Condition> all = new ArrayList<>();
        all.addAll(each("tag", QueryParser::tag));
        all.addAll(each("prefix", QueryParser::prefix));
        all.addAll(each("namespace", namespace -> new Condition.HasPrefix(namespace, "")));
        List<Condition> any = each("any", QueryParser::tag);
        if (!any.isEmpty()) {
            all.add(new Condition.Any(any));
        }
        List<Condition> not = each("not", QueryParser::tag);
        if (!not.isEmpty()) {
            all.add(new Condition.Not(new Condition.Any(not)));
        }
        return all.isEmpty() ? new Condition.Everything() : new Condition.All(all);
    }

    private void refuseTooMany() {
        int count = 0;
        for (String name : List.of("tag", "prefix", "namespace", "any", "not")) {
            count += values(name).size();
            if (count > EntityQuery.MAX_CONDITIONS - WRAPPERS) {
                throw new InvalidQueryException(
                        name,
                        "a query has at most "
                                + (EntityQuery.MAX_CONDITIONS - WRAPPERS)
                                + " conditions");
            }
        }
    }

    private List<Condition> each(String name, Function<String, Condition> reader) {
        List<Condition> conditions = new ArrayList<>();
        for (String value : values(name)) {
            try {
                conditions.add(reader.apply(value));
            } catch (InvalidEntityException | InvalidQueryException e) {
                throw new InvalidQueryException(name, String.valueOf(e.getMessage()));
            }
        }
        return conditions;
    }

    private static Condition tag(String text) {
        return new Condition.HasTag(Tag.parse(text));
    }

    private static Condition prefix(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidQueryException("prefix", "a prefix is written namespace:beginning");
        }
        return new Condition.HasPrefix(text.substring(0, colon), text.substring(colon + 1));
    }

    private EntityQuery.States states() {
        return switch (single("state", "active")) {
            case "active" -> EntityQuery.States.ACTIVE;
            case "deleted" -> EntityQuery.States.DELETED;
            case "any" -> EntityQuery.States.ANY;
            default ->
                    throw new InvalidQueryException("state", "a state is active, deleted or any");
        };
    }

    private List<SortKey> sort() {
        if (values("sort").isEmpty()) {
            return List.of();
        }
        return Stream.of(single("sort", "").split(",", -1)).map(QueryParser::sortKey).toList();
    }

    private static SortKey sortKey(String text) {
        boolean isDescending = text.startsWith("-");
        return switch (isDescending ? text.substring(1) : text) {
            case "createdAt" -> new SortKey(SortKey.Field.CREATED_AT, isDescending);
            case "updatedAt" -> new SortKey(SortKey.Field.UPDATED_AT, isDescending);
            case "id" -> new SortKey(SortKey.Field.ID, isDescending);
            default ->
                    throw new InvalidQueryException(
                            "sort",
                            "an order is made of createdAt, updatedAt and id, each with '-' for"
                                    + " descending, parted by commas");
        };
    }

    private String single(String name, String otherwise) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new InvalidQueryException(name, "this parameter is given at most once");
        }
        return values.isEmpty() ? otherwise : values.getFirst();
    }

    private List<String> values(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
