package io.entitydb.web.transactions;

import io.entitydb.security.Right;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operation of a transaction does. */
enum OperationKind {
    /** Makes an entity that does not live. */
    CREATE(true, false),
    /** Gives an entity new tags and content, making it where it does not live. */
    PUT(true, true),
    /** Changes parts of an entity. */
    PATCH(true, true),
    /** Deletes an entity. */
    DELETE(false, true),
    /** Brings back a deleted entity. */
    RESTORE(false, true),
    /** Changes nothing; the transaction is made only if the conditions hold. */
    EXPECT(false, true);

    private final boolean hasContent;
    private final boolean hasConditions;

    OperationKind(boolean hasContent, boolean hasConditions) {
        this.hasContent = hasContent;
        this.hasConditions = hasConditions;
    }

    /** Its name in requests and answers. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the caller must be permitted to do in the dataset. */
    Set<Right> rights() {
        return switch (this) {
            case CREATE -> Set.of(Right.ENTITY_CREATE);
            case PUT -> Set.of(Right.ENTITY_CREATE, Right.ENTITY_UPDATE);
            case PATCH, RESTORE -> Set.of(Right.ENTITY_VIEW, Right.ENTITY_UPDATE);
            case DELETE -> Set.of(Right.ENTITY_DELETE);
            case EXPECT -> Set.of(Right.ENTITY_VIEW);
        };
    }

    /** Whether it takes tags, content and its type. */
    boolean hasContent() {
        return hasContent;
    }

    /** Whether it takes conditions. */
    boolean hasConditions() {
        return hasConditions;
    }

    /**
     * The kind of a name.
     *
     * @throws ProblemException if there is none
     */
    static OperationKind named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.INVALID_BODY,
                                        Violation.inBody("/op", "an operation is " + known())));
    }

    private static String known() {
        return Arrays.stream(values()).map(OperationKind::label).collect(Collectors.joining(", "));
    }
}
