package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;

/**
 * To what an entity shall go back.
 *
 * @param to the point of the past
 */
@Schema(name = "RevertRequest")
record RevertRequest(
        @Schema(
                        description =
                                "A point of the past of the entity: v:N, tx:N or an RFC 3339"
                                        + " date-time",
                        example = "v:1")
                @NotNull
                String to) {}
