package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

/**
 * An erasure that is asked for.
 *
 * @param confirm the id of the entity once more
 * @param reason why; kept, so it names nobody
 */
@Schema(name = "EraseRequest")
record EraseRequest(
        @Schema(description = "The id of the entity once more", example = "left-pad") @NotNull
                String confirm,
        @Schema(
                        description = "Why. It is kept, so it should name nobody",
                        example = "request 4711 of the data subject")
                @Size(max = 1000)
                @Nullable String reason) {}
