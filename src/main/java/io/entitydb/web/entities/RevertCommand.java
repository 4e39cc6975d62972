package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

/** Makes the tags and the content of an earlier version the newest ones. */
@Service
@RequiredArgsConstructor
class RevertCommand {

    private static final String TO = "/to";

    private final EntityRepository repository;
    private final EntityCommands commands;

    /**
     * The point that the body of a request says.
     *
     * @throws ProblemException if it says none
     */
    static AsOf pointOf(String text) {
        try {
            return AsOf.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused("neither v:N nor tx:N nor an RFC 3339 date-time");
        }
    }

    /**
     * Goes back.
     *
     * @throws NotFoundException if no living entity has that key
     * @throws ProblemException if a condition does not hold, or there is nothing to go back to
     */
    Entity revert(EntityKey key, AsOf point, Preconditions conditions) {
        return commands.change(
                key,
                present -> {
                    Entity target = target(key, point);
                    return EntityDraft.of(target.tags().keySet(), target.content());
                },
                conditions);
    }

    private Entity target(EntityKey key, AsOf point) {
        Entity target;
        try {
            target =
                    repository
                            .find(key, point)
                            .orElseThrow(() -> refused("the entity has no version at " + point));
        } catch (InvalidQueryException | NotFoundException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        if (target.isDeleted()) {
            String what = target.isErased() ? "is erased" : "says deleted";
            throw refused(
                    "version "
                            + target.version().number()
                            + " "
                            + what
                            + ": there is nothing to go back to");
        }
        return target;
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.INVALID_BODY, Violation.inBody(TO, why));
    }
}
