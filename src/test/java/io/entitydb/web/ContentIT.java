package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Contents go in and come out in their two forms. */
@ServiceTest
class ContentIT {

    private final Api api;

    private String path = "";

    ContentIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "content/" + test.getDisplayName());
    }

    private String stored() {
        String base64 = api.get(path + "?content=include").json().path("content").asString();
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Test
    void jsonIsStoredWithoutWhiteSpaceAndWithEveryDigit() {
        api.put(
                        path,
                        """
                        {"content": {"z": 1.10, "big": 12345678901234567890123, "huge": 1e400,
                                     "text": "ä \\u00e4 \\" \\n", "null": null, "list": [ ] } }
                        """)
                .expect(201);

        assertThat(stored())
                .isEqualTo(
                        "{\"z\":1.10,\"big\":12345678901234567890123,\"huge\":1E+400,"
                                + "\"text\":\"ä ä \\\" \\n\",\"null\":null,\"list\":[]}");
        assertThat(api.get(path).json().path("contentType").asString())
                .isEqualTo("application/json");
        assertThat(api.get(path + "?content=json&fields=content").body())
                .contains("\"content\":" + stored());
    }

    @Test
    void answerCanBePutBackInBothForms() {
        for (String value : new String[] {"{\"a\":[1]}", "[]", "5", "true", "\"IkpTT04i\""}) {
            api.put(path, "{\"contentType\":\"application/json\",\"content\":" + value + "}");
            Answer before = api.get(path);

            for (String form : new String[] {"", "&content=json"}) {
                Answer shown = api.get(path + "?fields=tags,content,contentType" + form);
                api.put(path, shown.body()).expect(200);

                assertThat(api.get(path).json().path("contentDigest"))
                        .isEqualTo(before.json().path("contentDigest"));
            }
        }
    }

    @Test
    void jsonStringsAndBrokenJsonStayBase64() {
        for (String text : new String[] {"\"text\"", "null", "{broken", ""}) {
            String base64 =
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            api.put(path, "{\"contentType\":\"application/json\",\"content\":\"" + base64 + "\"}");

            assertThat(api.get(path + "?content=json").json().path("content").asString("-"))
                    .isEqualTo(base64);
        }
    }

    @Test
    void otherJsonTypesTakeJson() {
        api.put(path, "{\"contentType\":\"application/ld+json; profile=x\",\"content\":{}}")
                .expect(201);

        assertThat(stored()).isEqualTo("{}");
    }

    @Test
    void largeContentIsShownWhenAskedFor() {
        String small = Base64.getEncoder().encodeToString(new byte[64 * 1024]);
        String large = Base64.getEncoder().encodeToString(new byte[64 * 1024 + 1]);

        api.put(path, "{\"content\":\"" + small + "\"}").expect(201);
        assertThat(api.get(path).json().path("content").asString()).isEqualTo(small);

        api.put(path, "{\"content\":\"" + large + "\"}").expect(200);
        assertThat(api.get(path).json().has("content")).isFalse();
        assertThat(api.get(path).json().path("contentLength").asInt()).isEqualTo(64 * 1024 + 1);
        assertThat(api.get(path + "?content=include").json().path("content").asString())
                .isEqualTo(large);
        assertThat(api.get(path + "/versions/2?content=include").json().path("content").asString())
                .isEqualTo(large);
    }

    @Test
    void pageHoldsABoundedAmountOfContent() {
        String content = Base64.getEncoder().encodeToString(new byte[64 * 1024]);
        int count = 8 * 1024 / 64 + 2;
        for (int i = 0; i < count; i++) {
            api.put(
                            Api.entity("default", "content/page/" + i),
                            "{\"tags\":[\"page:bounded\"],\"content\":\"" + content + "\"}")
                    .expect(201);
        }

        Answer page = api.get(Api.entities("default") + "?tag=page:bounded&limit=1000");

        int shown = 0;
        for (var item : page.expect(200).json().path("items")) {
            shown += item.has("content") ? 1 : 0;
            assertThat(item.path("contentLength").asInt()).isEqualTo(64 * 1024);
        }
        assertThat(page.ids()).hasSize(count);
        assertThat(shown).isEqualTo(count - 2);
    }

    @Test
    void fieldsAreChosen() {
        api.put(path, "{\"tags\":[\"a:b\"],\"content\":\"aGk=\"}").expect(201);

        assertThat(api.get(path + "?fields=tags,version").body())
                .matches("\\{\"id\":\"[^\"]+\",\"version\":1,\"tags\":\\[\"a:b\"]}");
        assertThat(api.get(path + "?fields=*").json().has("tagTimes")).isTrue();
        assertThat(api.get(path).json().has("tagTimes")).isFalse();
    }
}
