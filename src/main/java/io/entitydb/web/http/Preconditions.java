package io.entitydb.web.http;

import io.entitydb.entity.Entity;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import java.util.Optional;

/**
 * The conditions under which a request shall be fulfilled.
 *
 * <p>An explicit tag in {@code If-Match} is compared with the newest version, also of a deleted
 * entity; {@code *} stands for any living one. <b>Source:</b> RFC 9110, section 13.
 *
 * @param ifMatch versions of which the entity must have one; null for no condition
 * @param ifNoneMatch versions of which the entity must have none; null for no condition
 */
public record Preconditions(@Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {

    /** Under all circumstances. */
    public static final Preconditions NONE = new Preconditions(null, null);

    /**
     * The conditions that a request states.
     *
     * @throws ProblemException if a header cannot be read
     */
    public static Preconditions of(HttpServletRequest request) {
        return new Preconditions(
                EntityTags.read(request, HttpHeaders.IF_MATCH),
                EntityTags.read(request, HttpHeaders.IF_NONE_MATCH));
    }

    /**
     * Ends a request whose conditions do not hold.
     *
     * @param newest the newest version, perhaps a tombstone; empty if there is none
     * @throws ProblemException if a condition does not hold
     */
    public void check(Optional<Entity> newest) {
        checkIfMatch(newest);
        Optional<Entity> living = newest.filter(entity -> !entity.isDeleted());
        if (ifNoneMatch != null
                && living.filter(e -> ifNoneMatch.matchesWeakly(e.version().number()))
                        .isPresent()) {
            throw failed(HttpHeaders.IF_NONE_MATCH, newest);
        }
    }

    /**
     * Whether a client that reads has the version already.
     *
     * @throws ProblemException if {@code If-Match} does not hold
     */
    public boolean isKnown(Entity found) {
        checkIfMatch(Optional.of(found));
        return ifNoneMatch != null && ifNoneMatch.matchesWeakly(found.version().number());
    }

    private void checkIfMatch(Optional<Entity> newest) {
        if (ifMatch != null && newest.filter(entity -> holds(ifMatch, entity)).isEmpty()) {
            throw failed(HttpHeaders.IF_MATCH, newest);
        }
    }

    private static boolean holds(EntityTags tags, Entity entity) {
        return tags.isAny() ? !entity.isDeleted() : tags.matchesStrongly(entity.version().number());
    }

    private static ProblemException failed(String header, Optional<Entity> newest) {
        String found =
                newest.map(
                                entity ->
                                        "version "
                                                + entity.version().number()
                                                + (entity.isDeleted() ? ", which is deleted" : ""))
                        .orElse("missing");
        return new ProblemException(
                ProblemType.PRECONDITION_FAILED,
                Violation.inHeader(header, "does not hold: the entity is " + found));
    }
}
