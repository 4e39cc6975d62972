package io.entitydb.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a part of a request breaks. Exactly one of the first three says which part.
 *
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param parameter name of a parameter of the query or the path
 * @param header name of a header
 * @param detail the rule
 * @param code name of the kind of problem, where it is not that of the document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A rule that a part of the request breaks")
public record Violation(
        @Schema(description = "JSON pointer into the body", example = "/tags/0")
                @Nullable String pointer,
        @Schema(description = "Parameter of the query or the path", example = "limit")
                @Nullable String parameter,
        @Schema(description = "Header", example = "If-Match") @Nullable String header,
        @Schema(description = "The rule", example = "a tag is written namespace:value")
                String detail,
        @Schema(
                        description = "Kind of problem, where it is not that of the document",
                        example = "entity-not-found")
                @Nullable String code) {

    /** A broken rule of the body. */
    public static Violation inBody(String pointer, String detail) {
        return new Violation(pointer, null, null, detail, null);
    }

    /** A broken rule of the query or the path. */
    public static Violation inParameter(String name, String detail) {
        return new Violation(null, name, null, detail, null);
    }

    /** A broken rule of a header. */
    public static Violation inHeader(String name, String detail) {
        return new Violation(null, null, name, detail, null);
    }

    /** A part of the body that is refused for a reason of its own. */
    public static Violation inBody(String pointer, String detail, ProblemType type) {
        return new Violation(pointer, null, null, detail, type.code());
    }

    /** The same of a part of the body that stands at a pointer. */
    Violation under(String prefix) {
        return pointer == null
                ? this
                : new Violation(prefix + pointer, parameter, header, detail, code);
    }
}
