package io.entitydb.web.entities;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

import java.util.List;
import java.util.Map;

/**
 * Writes entities without looking for a way to write each value: what they are made of is few
 * types.
 */
final class EntityDocumentWriter extends ValueSerializer<EntityDocument> {

    @Override
    public void serialize(
            EntityDocument document, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        for (Map.Entry<String, Object> member : document.members().entrySet()) {
            json.writeName(member.getKey());
            write(member.getValue(), json, context);
        }
        json.writeEndObject();
    }

    private static void write(Object value, JsonGenerator json, SerializationContext context) {
        switch (value) {
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(element -> write(element, json, context));
                json.writeEndArray();
            }
            default -> context.writeValue(json, value);
        }
    }
}
