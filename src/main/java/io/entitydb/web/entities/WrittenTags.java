package io.entitydb.web.entities;

import io.entitydb.entity.Tag;

import tools.jackson.core.JsonGenerator;

import java.util.Set;

/**
 * Tags that are written as strings.
 *
 * @param tags in their order
 */
record WrittenTags(Set<Tag> tags) {

    /** Writes an array of strings. */
    void write(JsonGenerator json) {
        json.writeStartArray();
        for (Tag tag : tags) {
            json.writeString(tag.toString());
        }
        json.writeEndArray();
    }
}
