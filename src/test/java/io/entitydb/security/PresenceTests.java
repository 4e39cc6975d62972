package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.AccessDeniedException;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is in the middle of something is looked at again, soon enough and not too often. */
class PresenceTests {

    private static final Caller VIEWER = caller(Right.ENTITY_VIEW);

    private final TestTicker ticker = new TestTicker();
    private Supplier<Optional<Caller>> again = () -> Optional.of(VIEWER);
    private int checks;

    private final Presence presence =
            new Presence(
                    VIEWER,
                    () -> {
                        checks++;
                        return again.get();
                    },
                    ticker::read);

    private static Caller caller(Right... rights) {
        Permissions permissions =
                Permissions.of(
                        List.of(rights).stream().map(right -> Permission.of(right, null)).toList());
        return new Caller("ada", permissions, Caller.Method.TOKEN, "session", null);
    }

    @Test
    void looksAgainOnlyWhenItIsTime() {
        presence.requireNowAndThen();
        assertThat(checks).isZero();

        ticker.pass(Presence.INTERVAL);
        presence.requireNowAndThen();
        presence.requireNowAndThen();

        assertThat(checks).isEqualTo(1);
        assertThat(presence.untilCheck()).isEqualTo(Presence.INTERVAL);
    }

    @Test
    void whoIsNotAcceptedAnyMoreEnds() {
        again = Optional::empty;

        assertThatExceptionOfType(NoLongerAuthenticatedException.class)
                .isThrownBy(presence::require);
    }

    @Test
    void whoMayDoLessEndsAndWhoMayDoMoreGoesOn() {
        again = () -> Optional.of(caller(Right.ENTITY_VIEW, Right.ENTITY_DELETE));
        presence.require();

        again = () -> Optional.of(caller(Right.ENTITY_DELETE));
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(presence::require);
    }

    @Test
    void whereNobodyCanBeAskedItGoesOnForAWhile() {
        again =
                () -> {
                    throw new AuthenticationServiceException("no answer");
                };

        ticker.pass(Duration.ofMinutes(5));
        assertThatCode(presence::require).doesNotThrowAnyException();
        ticker.pass(Duration.ofSeconds(1));
        assertThatExceptionOfType(NoLongerAuthenticatedException.class)
                .isThrownBy(presence::require);
    }
}
