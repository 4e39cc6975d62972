package io.entitydb.web.entities;

import tools.jackson.core.JsonGenerator;

import java.util.Base64;

/** Bytes that are written in base64: characters that JSON takes as they are. */
final class Base64Text {

    private final byte[] ascii;

    private Base64Text(byte[] ascii) {
        this.ascii = ascii;
    }

    /** The text of some bytes. */
    static Base64Text of(byte[] bytes) {
        return new Base64Text(Base64.getEncoder().encode(bytes));
    }

    /** Writes the text as a string. */
    void write(JsonGenerator json) {
        json.writeRawUTF8String(ascii, 0, ascii.length);
    }
}
