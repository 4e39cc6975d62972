package io.entitydb.query;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.temporal.AsOf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads the URL form of a query.
 *
 * <p><b>Shape:</b> {@code tag=namespace:value} (repeated: all of them), {@code any=} (at least one
 * of them), {@code not=} (none of them), {@code prefix=namespace:beginning} and {@code namespace=}
 * (repeated: all of them), {@code text=} with words and phrases (repeated: all of them), {@code
 * createdFrom=}, {@code createdTo=}, {@code updatedFrom=} and {@code updatedTo=} with instants, the
 * last one excluded, {@code state=active|deleted|any}, {@code sort=-updatedAt,id} with {@code
 * createdAt}, {@code updatedAt} and {@code id}, a minus for descending, {@code asOf=} an instant or
 * {@code tx:N}. Without conditions every entity is found; without a state living ones are.
 */
public final class QueryParser {

    /** The parameters that form a query. */
    public static final Set<String> NAMES =
            Set.of(
                    "tag",
                    "any",
                    "not",
                    "prefix",
                    "namespace",
                    "text",
                    "createdFrom",
                    "createdTo",
                    "updatedFrom",
                    "updatedTo",
                    "state",
                    "sort",
                    "asOf");

    /** The parameters each of whose values is a condition, or half of one. */
    private static final List<String> CONDITIONS =
            List.of(
                    "tag",
                    "prefix",
                    "namespace",
                    "any",
                    "not",
                    "createdFrom",
                    "createdTo",
                    "updatedFrom",
                    "updatedTo");

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
        return new EntityQuery(
                dataset, parser.where(), parser.states(), parser.sort(), parser.asOf());
    }

    private Condition where() {
        refuseTooMany();
        List<Condition> all = new ArrayList<>();
        all.addAll(each("tag", QueryText::tag));
        all.addAll(each("prefix", QueryText::prefix));
        all.addAll(each("namespace", QueryText::namespace));
        all.addAll(each("text", QueryText::text));
        addRange(Condition.Time.CREATED, "createdFrom", "createdTo", all);
        addRange(Condition.Time.UPDATED, "updatedFrom", "updatedTo", all);
        List<Condition> any = each("any", QueryText::tag);
        if (!any.isEmpty()) {
            all.add(new Condition.Any(any));
        }
        List<Condition> not = each("not", QueryText::tag);
        if (not.stream().anyMatch(all::contains)) {
            throw new InvalidQueryException("not", "a tag is both required and excluded");
        }
        if (!not.isEmpty()) {
            all.add(new Condition.Not(new Condition.Any(not)));
        }
        return all.isEmpty() ? new Condition.Everything() : new Condition.All(all);
    }

    private void addRange(Condition.Time time, String from, String until, List<Condition> all) {
        String first = single(from);
        String end = single(until);
        if (first != null || end != null) {
            all.add(
                    QueryText.range(
                            time,
                            new QueryText.Named<>(from, first),
                            new QueryText.Named<>(until, end)));
        }
    }

    private void refuseTooMany() {
        int count = 0;
        for (String name : CONDITIONS) {
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

    private List<Condition> each(String name, BiFunction<String, String, Condition> reader) {
        return values(name).stream().map(value -> reader.apply(name, value)).toList();
    }

    private EntityQuery.States states() {
        String text = single("state");
        return text == null ? EntityQuery.States.ACTIVE : QueryText.states("state", text);
    }

    private List<SortKey> sort() {
        String text = single("sort");
        return text == null ? List.of() : QueryText.sort("sort", text);
    }

    private @Nullable AsOf asOf() {
        String text = single("asOf");
        return text == null ? null : QueryText.asOf("asOf", text);
    }

    private @Nullable String single(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new InvalidQueryException(name, "this parameter is given at most once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private List<String> values(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
