package io.entitydb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;

class QueryParserTests {

    @Test
    void findsEveryLivingEntityWithoutParameters() {
        EntityQuery query = QueryParser.parse("default", Map.of());

        assertThat(query)
                .isEqualTo(
                        new EntityQuery(
                                "default",
                                new Condition.Everything(),
                                EntityQuery.States.ACTIVE,
                                List.of()));
    }

    @Test
    void joinsAllConditions() {
        EntityQuery query =
                QueryParser.parse(
                        "default",
                        Map.of(
                                "tag", List.of("type:document", "url:http://x"),
                                "any", List.of("status:new", "status:old"),
                                "not", List.of("owner:a", "owner:b"),
                                "prefix", List.of("name:al", "name:"),
                                "namespace", List.of("due")));

        assertThat(query.where())
                .isEqualTo(
                        new Condition.All(
                                List.of(
                                        has("type", "document"),
                                        has("url", "http://x"),
                                        new Condition.HasPrefix("name", "al"),
                                        new Condition.HasPrefix("name", ""),
                                        new Condition.HasPrefix("due", ""),
                                        new Condition.Any(
                                                List.of(
                                                        has("status", "new"),
                                                        has("status", "old"))),
                                        new Condition.Not(
                                                new Condition.Any(
                                                        List.of(
                                                                has("owner", "a"),
                                                                has("owner", "b")))))));
    }

    @ParameterizedTest
    @CsvSource({"active,ACTIVE", "deleted,DELETED", "any,ANY"})
    void readsStates(String text, EntityQuery.States states) {
        EntityQuery query = QueryParser.parse("default", Map.of("state", List.of(text)));

        assertThat(query.states()).isEqualTo(states);
    }

    @Test
    void readsOrders() {
        EntityQuery query =
                QueryParser.parse("default", Map.of("sort", List.of("-updatedAt,createdAt,-id")));

        assertThat(query.sort())
                .containsExactly(
                        new SortKey(SortKey.Field.UPDATED_AT, true),
                        new SortKey(SortKey.Field.CREATED_AT, false),
                        new SortKey(SortKey.Field.ID, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag|no-colon",
                "tag|''",
                "tag|space in:namespace",
                "tag|empty:",
                "any|:x",
                "not|x",
                "prefix|no-colon",
                "prefix|na me:x",
                "namespace|",
                "namespace|a:b",
                "state|gone",
                "state|ACTIVE",
                "sort|''",
                "sort|name",
                "sort|id,",
                "sort|--id",
                "sort|+id",
                "sort|id,id,id,id,id,id,id,id,id",
                "colour|red",
                "limit|1",
                "Tag|a:b"
            })
    void refusesWrongValuesByName(String name, String value) {
        Map<String, List<String>> parameters = Map.of(name, List.of(value == null ? "" : value));

        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> QueryParser.parse("default", parameters))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "sort"})
    void refusesRepeatedSingleParameters(String name) {
        String value = name.equals("state") ? "any" : "id";

        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> QueryParser.parse("default", Map.of(name, List.of(value, value))))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "any", "not", "prefix", "namespace"})
    void refusesTooManyConditionsByName(String name) {
        String value = name.equals("namespace") ? "a" : "a:b";
        Map<String, List<String>> most = Map.of(name, Collections.nCopies(252, value));
        Map<String, List<String>> tooMany = Map.of(name, Collections.nCopies(253, value));

        assertThat(QueryParser.parse("default", most)).isNotNull();
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> QueryParser.parse("default", tooMany))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(name));
    }

    @Test
    void refusesNamesThatNoDatasetHas() {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> QueryParser.parse("No Such", Map.of()));
    }

    private static Condition has(String namespace, String value) {
        return new Condition.HasTag(new Tag(namespace, value));
    }
}
