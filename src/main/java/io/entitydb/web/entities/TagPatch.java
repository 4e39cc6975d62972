package io.entitydb.web.entities;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes to single tags; the content stays.
 *
 * @param tags the changes
 */
@Schema(name = "TagPatch")
public record TagPatch(@NotNull @Valid Changes tags) {

    /**
     * The changes. They are made in the order set, remove, add.
     *
     * @param set per namespace all the values that it shall have
     * @param remove tags that shall be gone
     * @param add tags that shall be there
     */
    @Schema(name = "TagChanges")
    public record Changes(
            @Schema(description = "Tags that shall be there", example = "[\"reviewed:yes\"]")
                    @Nullable List<String> add,
            @Schema(description = "Tags that shall be gone", example = "[\"status:draft\"]")
                    @Nullable List<String> remove,
            @Schema(
                            description = "Per namespace all the values that it shall have",
                            example = "{\"status\": [\"done\"]}")
                    @Nullable Map<String, List<String>> set) {}

    /**
     * The tags after the changes.
     *
     * @throws InvalidEntityException pointing to the change that is wrong
     */
    public Set<Tag> applyTo(Set<Tag> before) {
        Set<Tag> after = new HashSet<>(before);
        if (tags.set() != null) {
            tags.set().forEach((namespace, values) -> set(after, namespace, values));
        }
        after.removeAll(Drafts.tags(tags.remove(), "/tags/remove"));
        after.addAll(Drafts.tags(tags.add(), "/tags/add"));
        return after;
    }

    private static void set(Set<Tag> after, String namespace, List<String> values) {
        after.removeIf(tag -> tag.namespace().equals(namespace));
        for (int i = 0; i < values.size(); i++) {
            try {
                after.add(new Tag(namespace, values.get(i)));
            } catch (InvalidEntityException e) {
                JsonPointer at = JsonPointer.compile("/tags/set").appendProperty(namespace);
                throw new InvalidEntityException(
                        at.appendIndex(i).toString(), String.valueOf(e.getMessage()));
            }
        }
    }
}
