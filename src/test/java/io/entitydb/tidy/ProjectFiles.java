package io.entitydb.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the project's text files, without what the build, the service or an editor leaves. */
public final class ProjectFiles {

    private static final Set<String> SKIPPED =
            Set.of(".git", ".idea", ".settings", ".vscode", "data", "target");

    private ProjectFiles() {}

    /** Every text file below a directory, sorted by name. */
    public static List<ProjectFile> below(Path root) {
        List<ProjectFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Collector(root, files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort((left, right) -> left.name().compareTo(right.name()));
        return List.copyOf(files);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<ProjectFile> files;

        Collector(Path root, List<ProjectFile> files) {
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean isTopLevel = root.equals(directory.getParent());
            return isTopLevel && SKIPPED.contains(directory.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (attributes.isRegularFile() && !name.equals(".git") && !name.endsWith(".log")) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (text.indexOf('\0') < 0) {
                    files.add(new ProjectFile(name, text));
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
