package io.entitydb.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

import java.util.List;
import java.util.stream.IntStream;

/** The engine's packages in their order, from the operating system up to the wiring. */
final class StorageLayers {

    private static final String STORAGE = "io.entitydb.storage";

    /** The packages of one line may use each other and the lines above. */
    private static final List<List<String>> LAYERS =
            List.of(
                    List.of(STORAGE + ".error.."),
                    List.of(STORAGE + ".io.."),
                    List.of(STORAGE + ".header..", STORAGE + ".log.."),
                    List.of(STORAGE + ".index.."),
                    List.of(STORAGE + ".erase.."),
                    List.of(STORAGE + ".recovery.."),
                    List.of(STORAGE + ".repair.."),
                    List.of(STORAGE),
                    List.of(STORAGE + ".config.."));

    private StorageLayers() {}

    /** No class uses a later line, and no two packages use each other. */
    static ArchRule rule() {
        ArchRule withoutCircles = slices().matching(STORAGE + ".(*)..").should().beFreeOfCycles();
        return IntStream.range(0, LAYERS.size() - 1)
                .mapToObj(StorageLayers::usesNoLaterLine)
                .reduce(withoutCircles, (left, right) -> CompositeArchRule.of(left).and(right));
    }

    private static ArchRule usesNoLaterLine(int line) {
        String[] later =
                LAYERS.subList(line + 1, LAYERS.size()).stream()
                        .flatMap(List::stream)
                        .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(LAYERS.get(line).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later);
    }
}
