package io.entitydb.web.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.entitydb.entity.StoreCheck;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a check of the whole store found.
 *
 * @param isSound whether everything verifies
 * @param bytes that were read
 * @param to the last transaction that was checked
 * @param findings places that do not verify
 * @param places the first of them
 */
@Schema(name = "VerificationResult")
record CheckResult(
        @JsonProperty("sound") boolean isSound,
        long bytes,
        StoreDocument.Point to,
        long findings,
        List<Place> places) {

    static CheckResult of(StoreCheck check) {
        return new CheckResult(
                check.findings() == 0,
                check.bytes(),
                StoreDocument.Point.of(check.to()),
                check.findings(),
                check.places().stream().map(Place::of).toList());
    }

    /**
     * A place that does not verify.
     *
     * @param file name of the file
     * @param position where it begins, in bytes
     * @param length how long it is; 0 if that is not known
     * @param part what stands there
     * @param dataset of the entity concerned; left out if that is not known
     * @param id of the entity concerned
     * @param transaction the transaction concerned; 0 if that is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DamagedPlace")
    record Place(
            String file,
            long position,
            long length,
            String part,
            @Nullable String dataset,
            @Nullable String id,
            long transaction) {

        private static Place of(StoreCheck.Place place) {
            return new Place(
                    place.file(),
                    place.position(),
                    place.length(),
                    place.part(),
                    place.key() == null ? null : place.key().dataset(),
                    place.key() == null ? null : place.key().id(),
                    place.transaction());
        }
    }
}
