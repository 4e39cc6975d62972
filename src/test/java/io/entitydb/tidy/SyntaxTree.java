package io.entitydb.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes and methods of one Java file, as the compiler's own parser sees them. */
final class SyntaxTree {

    private final CompilationUnitTree unit;
    private final Trees trees;

    private SyntaxTree(CompilationUnitTree unit, Trees trees) {
        this.unit = unit;
        this.trees = trees;
    }

    /** Parses a file; its content need not compile, only parse. */
    static SyntaxTree of(ProjectFile file) {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        diagnostic -> {},
                                        List.of("-proc:none"),
                                        null,
                                        List.of(new Source(file)));
        try {
            return new SyntaxTree(task.parse().iterator().next(), Trees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The top-level classes, interfaces, records and enums. */
    List<ClassTree> types() {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
    }

    /** All methods and constructors that stand in the source, those of nested classes included. */
    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, @Nullable Void unused) {
                Tree owner = getCurrentPath().getParentPath().getLeaf();
                methods.add(new Method(method, owner.getKind() == Tree.Kind.RECORD));
                return super.visitMethod(method, null);
            }
        }.scan(unit, null);
        return methods;
    }

    long firstLine(Tree tree) {
        return unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    long lastLine(Tree tree) {
        return unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    /** A method or constructor, and whether it stands in a record. */
    record Method(MethodTree tree, boolean isInRecord) {

        String name() {
            return tree.getName().toString();
        }

        /** The constructor of a record repeats its components, which may be many. */
        boolean isRecordConstructor() {
            return isInRecord && name().equals("<init>");
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(ProjectFile file) {
            super(URI.create("string:///" + file.name()), JavaFileObject.Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
