package io.entitydb.web.entities;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes entities without looking for a way to write each value: what they are made of is few
 * types.
 */
final class EntityDocumentWriter extends ValueSerializer<EntityDocument> {

    @Override
    public void serialize(
            EntityDocument document, JsonGenerator json, SerializationContext context) {
        document.write(json, context);
    }

    static void write(Object value, JsonGenerator json, SerializationContext context) {
        switch (value) {
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Base64Text text -> text.write(json);
            case WrittenTags tags -> tags.write(json);
            default -> context.writeValue(json, value);
        }
    }
}
