package io.entitydb.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.entitydb.entity.EntityRepositoryContract;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.util.Set;
import java.util.TreeSet;

/** The contract notices each promise that is broken. */
class EntityRepositoryContractTests {

    @Test
    void lostUpdatesAreNoticed() {
        assertThat(failuresOf(BrokenStores.LosesUpdates.class))
                .contains("noIncrementIsLost", "theFirstSaveWins", "theFirstCreateWins");
    }

    @Test
    void renewedTagTimesAreNoticed() {
        assertThat(failuresOf(BrokenStores.RenewsTagTimes.class))
                .contains("aTagKeptOverVersionsKeepsItsTime")
                .doesNotContain("savesAndRestoreKeepTheBeginningOfLife");
    }

    @Test
    void renewedCreationIsNoticed() {
        assertThat(failuresOf(BrokenStores.RenewsCreation.class))
                .contains("savesAndRestoreKeepTheBeginningOfLife")
                .doesNotContain("aTagKeptOverVersionsKeepsItsTime");
    }

    @Test
    void cutContentIsNoticed() {
        assertThat(failuresOf(BrokenStores.CutsContent.class))
                .contains("contentOfAnyLengthIsReadBack", "zeroBytesAreContentLikeAnyOther");
    }

    @Test
    void movingSnapshotsAreNoticed() {
        assertThat(failuresOf(BrokenStores.MovesSnapshots.class))
                .contains(
                        "othersCommitsAreNotSeenWithin",
                        "whatWasReadBeforeAnothersSaveIsNotSavedOverIt");
    }

    @Test
    void ignoredExpectationsAreNoticed() {
        assertThat(failuresOf(BrokenStores.IgnoresExpectations.class))
                .containsExactly(
                        "anExpectationAloneIsCheckedAtTheCommit",
                        "anExpectedAbsenceIsGuardedToo",
                        "anExpectedVersionGuardsAgainstWriteSkew");
    }

    @Test
    void transactionsOfSingleCallsAreNoticed() {
        assertThat(failuresOf(BrokenStores.CommitsEachCall.class))
                .contains(
                        "severalEntitiesAreWrittenTogether",
                        "anExceptionLeavesNothing",
                        "ownWritesAreNotSeenOutside",
                        "noIncrementIsLost");
    }

    @Test
    void forgettingIsNoticed() {
        assertThat(failuresOf(BrokenStores.ForgetsAtRestart.class))
                .contains("everyVersionIsThereAfterARestart", "thePastIsReadAfterARestart");
    }

    /** Names of the methods that fail. */
    private static Set<String> failuresOf(Class<? extends EntityRepositoryContract> contract) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build();
        Set<String> failures = new TreeSet<>();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    failures.add(methodOf(test));
                                }
                            }
                        });
        return failures;
    }

    private static String methodOf(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(MethodSource::getMethodName)
                .orElse(test.getDisplayName());
    }
}
