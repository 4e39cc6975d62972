package io.entitydb.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;

import java.util.Set;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;

/** Rules about the shape of Java code. */
final class SyntaxRules {

    private static final int MAX_METHOD_LINES = 60;
    private static final int MAX_PARAMETERS = 5;
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

    private SyntaxRules() {}

    static Stream<Finding> methodSize(ProjectFile file) {
        SyntaxTree tree = SyntaxTree.of(file);
        return tree.methods().stream()
                .filter(method -> lines(tree, method) > MAX_METHOD_LINES)
                .map(
                        method ->
                                finding(
                                        file,
                                        tree,
                                        method.tree(),
                                        method.name() + " has more than 60 lines"));
    }

    static Stream<Finding> parameterCount(ProjectFile file) {
        SyntaxTree tree = SyntaxTree.of(file);
        return tree.methods().stream()
                .filter(method -> !method.isRecordConstructor())
                .filter(method -> method.tree().getParameters().size() > MAX_PARAMETERS)
                .map(
                        method ->
                                finding(
                                        file,
                                        tree,
                                        method.tree(),
                                        method.name() + " has more than 5 parameters"));
    }

    /**
     * Tests that the build would skip in silence: the runner picks classes by their names, which
     * end in {@code Tests} or {@code IT}, and passes over abstract ones.
     */
    static Stream<Finding> testsThatAreNotRun(ProjectFile file) {
        SyntaxTree tree = SyntaxTree.of(file);
        return tree.types().stream()
                .filter(type -> isNeverRun(type, tree))
                .map(type -> finding(file, tree, type, type.getSimpleName() + " is never run"));
    }

    private static boolean isNeverRun(ClassTree type, SyntaxTree tree) {
        String name = type.getSimpleName().toString();
        boolean hasRunnableName = name.endsWith("Tests") || name.endsWith("IT");
        boolean isAbstract = type.getModifiers().getFlags().contains(Modifier.ABSTRACT);
        boolean isKit = isAbstract || type.getKind() == Tree.Kind.INTERFACE;
        boolean holdsTests =
                tree.methods().stream().anyMatch(SyntaxRules::isTest) || inherits(type);
        return hasRunnableName ? isKit : holdsTests && !isKit;
    }

    private static boolean inherits(ClassTree type) {
        Tree parent = type.getExtendsClause();
        return parent != null && parent.toString().endsWith("Contract");
    }

    private static boolean isTest(SyntaxTree.Method method) {
        return method.tree().getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .map(Tree::toString)
                .anyMatch(TEST_ANNOTATIONS::contains);
    }

    private static long lines(SyntaxTree tree, SyntaxTree.Method method) {
        return tree.lastLine(method.tree()) - tree.firstLine(method.tree()) + 1;
    }

    private static Finding finding(ProjectFile file, SyntaxTree tree, Tree at, String message) {
        return new Finding(file.name(), tree.firstLine(at), message);
    }
}
