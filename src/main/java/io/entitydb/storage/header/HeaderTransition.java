package io.entitydb.storage.header;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One thing that holds between a header and the one that replaces it in the same file.
 *
 * @param name its name in messages, in kebab-case
 * @param holds whether the step from the first to the second header fulfils it
 * @param field the value that it is about
 */
record HeaderTransition(
        String name, BiPredicate<Header, Header> holds, Function<Header, Object> field) {

    /** All rules, in the order in which they are checked. */
    static final List<HeaderTransition> ALL =
            List.of(
                    fixed("generation-left-alone", Header::generation),
                    fixed("identity-fixed", Header::identity),
                    neverShrinks("epoch-never-shrinks", Header::epoch),
                    neverShrinks("data-size-never-shrinks", Header::dataSize),
                    neverShrinks("wal-offset-never-shrinks", Header::walOffset),
                    neverShrinks("wal-sequence-never-shrinks", Header::walSequence),
                    neverShrinks("checkpoint-sequence-never-shrinks", Header::checkpointSequence),
                    neverShrinks("last-modified-never-shrinks", Header::lastModified),
                    fixedPerTransaction("same-transaction-same-digest", Header::lastDigest),
                    fixedPerTransaction("same-transaction-same-time", Header::lastModified));

    /** Refuses a step that breaks a rule. */
    static void requireAll(Header before, Header after) {
        for (HeaderTransition rule : ALL) {
            if (!rule.holds.test(before, after)) {
                throw new HeaderRuleException(
                        rule.name,
                        "from " + rule.field.apply(before) + " to " + rule.field.apply(after));
            }
        }
    }

    private static HeaderTransition fixed(String name, Function<Header, Object> field) {
        return new HeaderTransition(
                name, (before, after) -> field.apply(before).equals(field.apply(after)), field);
    }

    private static HeaderTransition fixedPerTransaction(
            String name, Function<Header, Object> field) {
        return new HeaderTransition(
                name,
                (before, after) ->
                        before.walSequence() != after.walSequence()
                                || field.apply(before).equals(field.apply(after)),
                field);
    }

    private static HeaderTransition neverShrinks(String name, ToLongFunction<Header> field) {
        return new HeaderTransition(
                name,
                (before, after) -> field.applyAsLong(before) <= field.applyAsLong(after),
                field::applyAsLong);
    }
}
