package io.entitydb.coverage;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** Reads the branches of the gated packages from JaCoCo's XML report. */
final class CoverageReport {

    private static final String STORAGE = "io/entitydb/storage/";

    /** Where a branch that no test takes may cost data. */
    private static final Set<String> PACKAGES =
            Set.of(STORAGE + "header", STORAGE + "log", STORAGE + "index", STORAGE + "recovery");

    private CoverageReport() {}

    /** All lines with branches, in the order of the report. */
    static List<SourceBranches> read(Path report, Path sources) throws IOException {
        List<SourceBranches> lines = new ArrayList<>();
        for (Element group : children(parse(report).getDocumentElement(), "package")) {
            if (PACKAGES.contains(group.getAttribute("name"))) {
                for (Element file : children(group, "sourcefile")) {
                    String name = group.getAttribute("name") + "/" + file.getAttribute("name");
                    lines.addAll(branches(file, name, sources));
                }
            }
        }
        return lines;
    }

    private static List<SourceBranches> branches(Element file, String name, Path sources)
            throws IOException {
        List<String> source = Files.readAllLines(sources.resolve(name), StandardCharsets.UTF_8);
        List<SourceBranches> branches = new ArrayList<>();
        for (Element line : children(file, "line")) {
            int missed = number(line, "mb");
            int covered = number(line, "cb");
            if (missed + covered > 0) {
                String text = source.get(number(line, "nr") - 1).strip();
                branches.add(new SourceBranches(name, text, missed, covered));
            }
        }
        return branches;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> children = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            children.add((Element) nodes.item(i));
        }
        return children;
    }

    private static Document parse(Path report) throws IOException {
        try (InputStream in = Files.newInputStream(report)) {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            // The report names a grammar that nobody needs to fetch.
            builder.setEntityResolver((id, place) -> new InputSource(new StringReader("")));
            return builder.parse(in);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no coverage report: " + report, e);
        }
    }
}
