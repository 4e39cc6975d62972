package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rules of RFC 7089 (Memento) that apply to a resource that is its own TimeGate and answers
 * with 200, each by its section.
 */
@ServiceTest
class MementoRulesTests {

    private static final String ACCEPT_DATETIME = "Accept-Datetime";
    private static final String LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String FAR_OFF = "Fri, 01 Jan 2100 00:00:00 GMT";

    private final Api api;

    private String path = "";

    MementoRulesTests(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "memento/" + test.getDisplayName());
    }

    /**
     * A link, as in a header and as in a TimeMap.
     *
     * @param target the URI reference
     * @param parameters the parameters as they stand
     */
    record Link(String target, String parameters) {

        static List<Link> of(String text) {
            List<Link> links = new ArrayList<>();
            for (String part : text.strip().split(",\\s*(?=<)", -1)) {
                int end = part.indexOf('>');
                assertThat(part).startsWith("<");
                links.add(new Link(part.substring(1, end), part.substring(end + 1)));
            }
            return links;
        }

        String parameter(String name) {
            String from = ";" + name + "=\"";
            int start = parameters.indexOf(from) + from.length();
            assertThat(start).as("%s of %s", name, this).isGreaterThanOrEqualTo(from.length());
            return parameters.substring(start, parameters.indexOf('"', start));
        }

        boolean is(String relation) {
            return Arrays.asList(parameter("rel").split(" ")).contains(relation);
        }
    }

    private static List<Link> links(Answer answer) {
        return Link.of(answer.header("Link"));
    }

    private static Link link(List<Link> links, String relation) {
        List<Link> found = links.stream().filter(link -> link.is(relation)).toList();
        assertThat(found).as("%s in %s", relation, links).hasSize(1);
        return found.getFirst();
    }

    private static String datetime(Instant at) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
                .format(at.atOffset(ZoneOffset.UTC));
    }

    private static Instant at(Answer written) {
        return Instant.parse(written.json().path("updatedAt").asString());
    }

    private Answer put(int n) {
        return api.put(path, "{\"tags\": [\"n:" + n + "\"], \"content\": " + n + "}");
    }

    private String uriOf(int version) {
        return path + "?asOf=v:" + version;
    }

    /** Section 2.1.1.1: the value is an RFC 1123 date in GMT. Section 4.5.3: all else is 400. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-23T21:06:04Z",
                "Mon, 23 Nov 2026 21:06:04 +0000",
                "Mon, 23 Nov 2026 21:06:04 UTC",
                "Tue, 23 Nov 2026 21:06:04 GMT",
                "Mon, 3 Nov 2026 21:06:04 GMT",
                "Mon, 30 Feb 2026 21:06:04 GMT",
                "Mon, 23 Nov 26 21:06:04 GMT",
                "Monday, 23-Nov-26 21:06:04 GMT",
                "Mon Nov 23 21:06:04 2026",
                "Mon, 23 Nov 2026 25:06:04 GMT",
                "mon, 23 nov 2026 21:06:04 gmt",
                "Mon, 23 Nov 2026 21:06:04 GMT, Mon, 23 Nov 2026 21:06:04 GMT"
            })
    void section2_1_1_1_and_4_5_3_datetimesOfAnotherFormAreMalformed(String value) {
        path = Api.entity("default", "memento/malformed");
        put(1);

        Answer refused = api.get(path, ACCEPT_DATETIME, value);

        refused.expectProblem(400, "malformed-request");
        assertThat(refused.faults()).containsExactly(ACCEPT_DATETIME);
    }

    /** Section 2.1.1: one preferred datetime. */
    @Test
    void section2_1_1_severalDatetimesAreMalformed() {
        put(1);

        api.get(path, ACCEPT_DATETIME, LONG_AGO, ACCEPT_DATETIME, LONG_AGO)
                .expectProblem(400, "malformed-request");
    }

    /** Section 2.1.1.2: a Memento tells its datetime, whatever the datetime that was preferred. */
    @Test
    void section2_1_1_2_mementosTellTheirDatetimeAndOriginalsDoNot() {
        Answer written = put(1);
        String expected = datetime(at(written));

        assertThat(api.get(uriOf(1)).expect(200).header("Memento-Datetime")).isEqualTo(expected);
        assertThat(api.get(path, ACCEPT_DATETIME, FAR_OFF).header("Memento-Datetime"))
                .isEqualTo(expected);
        assertThat(api.get(path + "?asOf=tx:" + written.transaction()).header("Memento-Datetime"))
                .isEqualTo(expected);
        assertThat(api.head(uriOf(1)).header("Memento-Datetime")).isEqualTo(expected);
        assertThat(api.get(path).headers().firstValue("Memento-Datetime")).isEmpty();
    }

    /** Section 2.1.2: answers of a TimeGate vary, with and without the header in the request. */
    @Test
    void section2_1_2_answersOfTheTimeGateVary() {
        put(1);

        for (Answer answer :
                List.of(
                        api.get(path),
                        api.head(path),
                        api.get(path, ACCEPT_DATETIME, FAR_OFF),
                        api.get(path, "If-None-Match", "\"1\"").expect(304))) {
            assertThat(answer.header("Vary")).isEqualToIgnoringCase("accept-datetime");
        }
        assertThat(api.get(uriOf(1)).headers().firstValue("Vary")).isEmpty();
    }

    /** Sections 2.2.1 to 2.2.3: where the original, the TimeGate and the TimeMap are. */
    @Test
    void section2_2_linksToOriginalTimeGateAndTimeMap() {
        put(1);

        for (Answer answer :
                List.of(
                        api.get(path),
                        api.get(uriOf(1)),
                        api.get(path, ACCEPT_DATETIME, LONG_AGO))) {
            List<Link> links = links(answer.expect(200));
            assertThat(link(links, "original").target()).isEqualTo(path);
            assertThat(link(links, "timegate").target()).isEqualTo(path);
            assertThat(link(links, "timemap").target()).isEqualTo(path + "/versions");
            assertThat(link(links, "timemap").parameter("type"))
                    .isEqualTo("application/link-format");
        }
    }

    /** Section 2.2.4: links to Mementos carry the datetimes that the Mementos tell. */
    @Test
    void section2_2_4_linksToMementosCarryTheirDatetimes() {
        for (int n = 1; n <= 4; n++) {
            put(n);
        }
        String newest = datetime(at(api.get(path)));

        Answer answer = api.get(path, ACCEPT_DATETIME, newest).expect(200);

        List<Link> mementos = links(answer).stream().filter(link -> link.is("memento")).toList();
        assertThat(link(mementos, "first").target()).isEqualTo(uriOf(1));
        assertThat(link(mementos, "last").target()).isEqualTo(uriOf(4));
        assertThat(link(mementos, "prev").target()).isEqualTo(uriOf(3));
        assertThat(mementos).noneMatch(link -> link.is("next"));
        for (Link memento : mementos) {
            assertThat(api.get(memento.target()).expect(200).header("Memento-Datetime"))
                    .isEqualTo(memento.parameter("datetime"));
        }
        List<Link> atFirst = links(api.get(path, ACCEPT_DATETIME, LONG_AGO));
        assertThat(link(atFirst, "first").target()).isEqualTo(uriOf(1));
        assertThat(link(atFirst, "next").target()).isEqualTo(uriOf(2));
        assertThat(atFirst).noneMatch(link -> link.is("prev"));
    }

    /** Section 4.1.2: the answer is the Memento, and Content-Location names it. */
    @Test
    void section4_1_2_answerIsTheMementoThatContentLocationNames() {
        Answer written = put(1);
        put(2);

        Answer answer = api.get(path, ACCEPT_DATETIME, LONG_AGO).expect(200);

        assertThat(answer.header("Content-Location")).isEqualTo(uriOf(1));
        assertThat(answer.body()).isEqualTo(api.get(uriOf(1)).body()).isEqualTo(written.body());
        assertThat(answer.tag()).isEqualTo("\"1\"");
        assertThat(answer.transaction()).isEqualTo(written.transaction());
        assertThat(api.get(path).headers().firstValue("Content-Location")).isEmpty();
        Answer known = api.get(path, ACCEPT_DATETIME, LONG_AGO, "If-None-Match", "\"1\"");
        assertThat(known.expect(304).header("Content-Location")).isEqualTo(uriOf(1));
    }

    /** Section 4.1.2: of the versions, the one in force at the datetime is chosen. */
    @Test
    void section4_1_2_versionInForceIsChosen() {
        Answer first = put(1);
        Answer second = put(2);
        while (!at(second)
                .truncatedTo(ChronoUnit.SECONDS)
                .isAfter(at(first).truncatedTo(ChronoUnit.SECONDS))) {
            second = put(2);
        }
        int number = second.json().path("version").asInt();

        Answer before =
                api.get(path, ACCEPT_DATETIME, datetime(at(second).minusSeconds(1))).expect(200);
        Answer within = api.get(path, ACCEPT_DATETIME, datetime(at(second))).expect(200);

        assertThat(before.json().path("version").asInt()).isEqualTo(number - 1);
        assertThat(within.json().path("version").asInt()).isEqualTo(number);
        assertThat(link(links(before), "next").target()).isEqualTo(uriOf(number));
    }

    /** Section 4.5.3: outside of the range of Mementos, the first or the last is chosen. */
    @Test
    void section4_5_3_firstAndLastStandForAllBeforeAndAfter() {
        put(1);
        put(2);

        for (String early : List.of(LONG_AGO, "Thu, 01 Jan 1903 00:00:00 GMT")) {
            assertThat(api.get(path, ACCEPT_DATETIME, early).expect(200).tag()).isEqualTo("\"1\"");
        }
        for (String late : List.of(FAR_OFF, "Fri, 31 Dec 9999 23:59:59 GMT")) {
            assertThat(api.get(path, ACCEPT_DATETIME, late).expect(200).tag()).isEqualTo("\"2\"");
        }
    }

    /** Section 4.5.2: an original that is gone still leads to its past. */
    @Test
    void section4_5_2_originalThatIsGoneLinksToItsTimeGate() {
        put(1);
        api.delete(path).expect(204);

        Answer gone = api.get(path);

        gone.expectProblem(410, "entity-deleted");
        assertThat(link(links(gone), "timegate").target()).isEqualTo(path);
        assertThat(link(links(gone), "timemap").target()).isEqualTo(path + "/versions");
        assertThat(api.get(path, ACCEPT_DATETIME, LONG_AGO).expect(200).tag()).isEqualTo("\"1\"");
    }

    /** Section 4.5.5: a state in which the original was gone is a Memento with that status. */
    @Test
    void section4_5_5_mementoOfADeletionHasItsStatus() {
        put(1);
        api.delete(path).expect(204);
        String deletedAt = api.get(path + "/versions/2").json().path("updatedAt").asString();

        for (Answer answer : List.of(api.get(uriOf(2)), api.get(path, ACCEPT_DATETIME, FAR_OFF))) {
            answer.expectProblem(410, "entity-deleted");
            assertThat(answer.header("Memento-Datetime"))
                    .isEqualTo(datetime(Instant.parse(deletedAt)));
            assertThat(link(links(answer), "original").target()).isEqualTo(path);
        }
    }

    /** Section 4: what never was has neither Mementos nor a TimeGate. */
    @Test
    void section4_whatNeverWasHasNoTimeGate() {
        for (Answer answer : List.of(api.get(path), api.get(path, ACCEPT_DATETIME, LONG_AGO))) {
            answer.expectProblem(404, "entity-not-found");
            assertThat(answer.headers().firstValue("Link")).isEmpty();
        }
    }

    /** Section 5: a TimeMap lists original, TimeGate, itself and the Mementos. */
    @Test
    void section5_timeMapListsTheMementos() {
        for (int n = 1; n <= 3; n++) {
            put(n);
        }

        Answer map =
                api.get(path + "/versions?order=asc", "Accept", "application/link-format")
                        .expect(200);

        assertThat(map.header("Content-Type")).startsWith("application/link-format");
        assertThat(map.transaction()).isPositive();
        List<Link> links = Link.of(map.body());
        assertThat(link(links, "original").target()).isEqualTo(path);
        assertThat(link(links, "timegate").target()).isEqualTo(path);
        Link self = link(links, "self");
        assertThat(self.target()).isEqualTo(path + "/versions?order=asc");
        assertThat(self.parameter("type")).isEqualTo("application/link-format");
        List<Link> mementos = links.stream().filter(link -> link.is("memento")).toList();
        assertThat(mementos).extracting(Link::target).containsExactly(uriOf(1), uriOf(2), uriOf(3));
        assertThat(link(mementos, "first").target()).isEqualTo(uriOf(1));
        assertThat(link(mementos, "last").target()).isEqualTo(uriOf(3));
        for (Link memento : mementos) {
            assertThat(api.get(memento.target()).header("Memento-Datetime"))
                    .isEqualTo(memento.parameter("datetime"));
        }
        assertThat(self.parameter("from")).isEqualTo(mementos.getFirst().parameter("datetime"));
        assertThat(self.parameter("until")).isEqualTo(mementos.getLast().parameter("datetime"));
    }

    /** Section 5: a TimeMap is given to who prefers it; JSON to everybody else. */
    @Test
    void section5_timeMapIsForWhoPrefersIt() {
        put(1);
        String json = "application/json";
        String map = "application/link-format";

        for (List<String> each :
                List.of(
                        List.of("*/*", json),
                        List.of("application/*", json),
                        List.of(json + ", " + map, json),
                        List.of(map + ";q=0.5, " + json, json),
                        List.of(map, map),
                        List.of(map + ", */*;q=0.1", map),
                        List.of(json + ";q=0.1, " + map, map))) {
            Answer answer = api.get(path + "/versions", "Accept", each.getFirst()).expect(200);
            assertThat(answer.header("Content-Type"))
                    .as(each.getFirst())
                    .startsWith(each.getLast());
            assertThat(answer.header("Vary").toLowerCase(Locale.ROOT)).matches("accept(,.*)?");
        }
        api.get(path + "/versions", "Accept", "text/html").expectProblem(406, "not-acceptable");
        api.get(path + "-none/versions", "Accept", map).expectProblem(404, "entity-not-found");
        assertThat(api.head(path + "/versions", "Accept", map).header("Content-Type"))
                .startsWith(map);
    }

    /** Section 5.1.1: a TimeMap of several pages leads from each to the next. */
    @Test
    void section5_1_1_pagesOfATimeMapLeadToTheNext() {
        for (int n = 1; n <= 5; n++) {
            put(n);
        }
        List<String> seen = new ArrayList<>();
        String page = path + "/versions?limit=2";
        int pages = 0;
        while (!page.isEmpty()) {
            Answer answer = api.get(page, "Accept", "application/link-format").expect(200);
            List<Link> links = Link.of(answer.body());
            links.stream().filter(link -> link.is("memento")).map(Link::target).forEach(seen::add);
            assertThat(link(links, "self").target()).isEqualTo(page);
            page =
                    links.stream()
                            .filter(link -> link.is("timemap"))
                            .map(Link::target)
                            .findFirst()
                            .orElse("");
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactly(uriOf(5), uriOf(4), uriOf(3), uriOf(2), uriOf(1));
    }
}
