package io.entitydb.web.entities;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.QueryText;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads the conditions of a query from JSON.
 *
 * <p><b>Shape:</b> a clause is an object whose members all hold. {@code all}, {@code any} and
 * {@code not} are arrays of tags and clauses; {@code prefix}, {@code namespace} and {@code text}
 * are a string or an array of strings, all of which hold; {@code createdFrom}, {@code createdTo},
 * {@code updatedFrom} and {@code updatedTo} are instants. An empty object is fulfilled by every
 * entity. <b>Errors</b> point to the value at fault.
 */
final class ClauseReader {

    private static final List<String> MEMBERS =
            List.of(
                    "all",
                    "any",
                    "not",
                    "prefix",
                    "namespace",
                    "text",
                    "createdFrom",
                    "createdTo",
                    "updatedFrom",
                    "updatedTo");

    private final JsonNode clause;
    private final String pointer;
    private final int depth;

    private ClauseReader(JsonNode clause, String pointer, int depth) {
        this.clause = clause;
        this.pointer = pointer;
        this.depth = depth;
    }

    /**
     * The condition that a clause says.
     *
     * @param clause the clause; null for none
     * @param pointer where it stands in the body
     * @throws InvalidQueryException if a text in it has a wrong value, or it nests too deep
     * @throws ProblemException if something in it is of another kind, or unknown
     */
    static Condition read(@Nullable JsonNode clause, String pointer) {
        return clause == null || clause.isNull()
                ? new Condition.Everything()
                : new ClauseReader(clause, pointer, 1).condition();
    }

    private Condition condition() {
        if (depth > EntityQuery.MAX_DEPTH) {
            throw new InvalidQueryException(
                    pointer, "conditions nest at most " + EntityQuery.MAX_DEPTH + " deep");
        }
        if (!clause.isObject()) {
            throw wrongKind(pointer, "an object is expected");
        }
        for (Map.Entry<String, JsonNode> member : clause.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new ProblemException(
                        Problem.of(
                                ProblemType.UNKNOWN_FIELD,
                                Violation.inBody(
                                        at(member.getKey()),
                                        "unknown field; known are " + String.join(", ", MEMBERS))));
            }
        }
        List<Condition> conditions = new ArrayList<>(elements("all"));
        conditions.addAll(texts("prefix", QueryText::prefix));
        conditions.addAll(texts("namespace", QueryText::namespace));
        conditions.addAll(texts("text", QueryText::text));
        addRange(Condition.Time.CREATED, "createdFrom", "createdTo", conditions);
        addRange(Condition.Time.UPDATED, "updatedFrom", "updatedTo", conditions);
        addAny(conditions);
        addNot(conditions);
        return switch (conditions.size()) {
            case 0 -> new Condition.Everything();
            case 1 -> conditions.getFirst();
            default -> new Condition.All(conditions);
        };
    }

    private void addAny(List<Condition> conditions) {
        List<Condition> any = elements("any");
        if (any.isEmpty() && clause.has("any")) {
            throw new InvalidQueryException(
                    at("any"), "one of nothing can never hold; leave it out");
        }
        if (!any.isEmpty()) {
            conditions.add(new Condition.Any(any));
        }
    }

    private void addNot(List<Condition> conditions) {
        List<Condition> not = elements("not");
        for (int i = 0; i < not.size(); i++) {
            if (conditions.contains(not.get(i))) {
                throw new InvalidQueryException(
                        at("not") + "/" + i, "a condition is both required and excluded");
            }
        }
        if (!not.isEmpty()) {
            conditions.add(new Condition.Not(new Condition.Any(not)));
        }
    }

    private void addRange(
            Condition.Time time, String from, String until, List<Condition> conditions) {
        String first = text(from);
        String end = text(until);
        if (first != null || end != null) {
            conditions.add(
                    QueryText.range(
                            time,
                            new QueryText.Named<>(at(from), first),
                            new QueryText.Named<>(at(until), end)));
        }
    }

    /** Tags and clauses. */
    private List<Condition> elements(String member) {
        JsonNode array = clause.path(member);
        if (array.isMissingNode()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw wrongKind(at(member), "an array is expected");
        }
        List<Condition> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String place = at(member) + "/" + i;
            JsonNode element = array.get(i);
            if (!element.isString() && !element.isObject()) {
                throw wrongKind(place, "a tag or an object is expected");
            }
            elements.add(
                    element.isString()
                            ? QueryText.tag(place, element.stringValue())
                            : new ClauseReader(element, place, depth + 1).condition());
        }
        return elements;
    }

    /** Conditions of one kind, from a string or an array of them. */
    private List<Condition> texts(String member, BiFunction<String, String, Condition> reader) {
        JsonNode value = clause.path(member);
        if (!value.isArray()) {
            String text = text(member);
            return text == null ? List.of() : List.of(reader.apply(at(member), text));
        }
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String place = at(member) + "/" + i;
            if (!value.get(i).isString()) {
                throw wrongKind(place, "a string is expected");
            }
            conditions.add(reader.apply(place, value.get(i).stringValue()));
        }
        return conditions;
    }

    private @Nullable String text(String member) {
        JsonNode value = clause.path(member);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString()) {
            throw wrongKind(at(member), "a string is expected");
        }
        return value.stringValue();
    }

    private String at(String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    private static ProblemException wrongKind(String place, String rule) {
        return new ProblemException(
                Problem.of(ProblemType.INVALID_BODY, Violation.inBody(place, rule)));
    }
}
