package io.entitydb.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a class on the spot, so that bad examples need not live among the sources. */
public final class PlantedSource {

    private PlantedSource() {}

    /** The class of the given full name with the given members, compiled into a directory. */
    public static JavaClasses compile(Path directory, String type, String members) {
        int dot = type.lastIndexOf('.');
        String source =
                "package %s; public class %s { %s }"
                        .formatted(type.substring(0, dot), type.substring(dot + 1), members);
        List<String> options =
                List.of(
                        "-d",
                        directory.toString(),
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"));
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        null,
                                        options,
                                        null,
                                        List.of(file(type, source)))
                                .call())
                .as("compiles: %s", source)
                .isTrue();
        return new ClassFileImporter().importPath(directory);
    }

    private static JavaFileObject file(String type, String source) {
        URI name = URI.create("string:///" + type.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
