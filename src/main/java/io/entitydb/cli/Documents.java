package io.entitydb.cli;

import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.util.Map;

/** Results for programs, one JSON document each. Names do not change; more may come. */
final class Documents {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Documents() {}

    static void print(PrintWriter out, Map<String, Object> document) {
        out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
