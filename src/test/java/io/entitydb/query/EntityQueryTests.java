package io.entitydb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.InvalidQueryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class EntityQueryTests {

    @Test
    void takesTheMostConditionsAndRefusesOneMore() {
        Condition leaf = new Condition.Everything();

        assertThat(query(new Condition.All(Collections.nCopies(255, leaf)))).isNotNull();
        assertRefused(new Condition.All(Collections.nCopies(256, leaf)), "where");
    }

    @Test
    void takesTheDeepestNestingAndRefusesOneMore() {
        Condition condition = new Condition.Everything();
        for (int depth = 1; depth < 16; depth++) {
            condition = new Condition.Not(condition);
        }

        assertThat(query(condition)).isNotNull();
        assertRefused(new Condition.Not(condition), "where");
    }

    @Test
    void refusesAnyDepthWithoutExhaustingTheStack() {
        Condition condition = new Condition.Everything();
        for (int depth = 0; depth < 1_000_000; depth++) {
            condition = new Condition.All(List.of(condition));
        }

        assertRefused(condition, "where");
    }

    @Test
    void refusesTooManyLevelsOfOrder() {
        List<SortKey> sort = Collections.nCopies(9, new SortKey(SortKey.Field.ID, false));

        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(
                        () ->
                                new EntityQuery(
                                        "default",
                                        new Condition.Everything(),
                                        EntityQuery.States.ANY,
                                        sort))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("sort"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "line\nbreak", "\0"})
    void refusesPrefixesThatNoTagCanHave(String prefix) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new Condition.HasPrefix("namespace", prefix))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("prefix"));
    }

    @Test
    void refusesPrefixesLongerThanAnyTag() {
        assertThat(new Condition.HasPrefix("n", "x".repeat(1022))).isNotNull();
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new Condition.HasPrefix("n", "x".repeat(1023)));
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new Condition.HasPrefix("n", "\u00e9".repeat(512)));
    }

    private static void assertRefused(Condition where, String parameter) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> query(where))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(parameter));
    }

    private static EntityQuery query(Condition where) {
        return new EntityQuery("default", where, EntityQuery.States.ACTIVE, List.of());
    }
}
