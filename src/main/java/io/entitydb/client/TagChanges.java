package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;
import java.util.Map;

/**
 * Changes to single tags, made in the order set, remove, add.
 *
 * @param add tags that shall be there
 * @param remove tags that shall be gone
 * @param set per namespace all the values that it shall have
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TagChanges(List<String> add, List<String> remove, Map<String, List<String>> set) {

    /** Copies the collections. */
    public TagChanges {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
        set = Map.copyOf(set);
    }

    /** Tags that shall be there. */
    public static TagChanges adding(String... tags) {
        return new TagChanges(List.of(tags), List.of(), Map.of());
    }

    /** Tags that shall be gone. */
    public static TagChanges removing(String... tags) {
        return new TagChanges(List.of(), List.of(tags), Map.of());
    }

    /** All the values that a namespace shall have. */
    public static TagChanges setting(String namespace, String... values) {
        return new TagChanges(List.of(), List.of(), Map.of(namespace, List.of(values)));
    }

    /**
     * The body of a request that changes tags only.
     *
     * @param tags the changes
     */
    public record Patch(TagChanges tags) {}
}
