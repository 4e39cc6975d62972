package io.entitydb.client;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes clients. */
public final class EntityDbClients {

    /** Numbers keep every digit; what a later service tells beyond the records is passed over. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private EntityDbClients() {}

    /**
     * A client of the service at an address.
     *
     * @param baseUrl scheme, host and port, and a path if the service stands behind one, such as
     *     {@code http://localhost:8080}
     */
    public static EntityDbClient create(String baseUrl) {
        return create(baseUrl, RestClient.builder());
    }

    /**
     * A client of the service at an address that shows a token or an API key with each request.
     * Access tokens last for minutes; an API key is what a program holds for longer.
     *
     * @param baseUrl as above
     * @param token the token
     */
    public static EntityDbClient create(String baseUrl, String token) {
        return create(
                baseUrl,
                RestClient.builder().defaultHeaders(headers -> headers.setBearerAuth(token)));
    }

    /**
     * A client of the service at an address that sends with an application's own settings:
     * interceptors, time limits, observation. The builder itself is left as it is; how addresses
     * and JSON are written, and what becomes of errors, is said here, whatever it says.
     *
     * @param baseUrl as above
     * @param builder the settings
     */
    public static EntityDbClient create(String baseUrl, RestClient.Builder builder) {
        RestClient rest =
                builder.clone()
                        .uriBuilderFactory(addresses(baseUrl))
                        .configureMessageConverters(
                                converters ->
                                        converters
                                                .registerDefaults()
                                                .withJsonConverter(
                                                        new JacksonJsonHttpMessageConverter(JSON)))
                        .defaultStatusHandler(
                                HttpStatusCode::isError,
                                (request, response) -> {
                                    throw EntityDbException.of(response, JSON);
                                })
                        .build();
        HttpServiceProxyFactory factory =
                HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
                        .customArgumentResolver(new RequestOptionsResolver())
                        .build();
        return new EntityDbClient(
                factory.createClient(EntityClient.class),
                factory.createClient(HistoryClient.class),
                factory.createClient(ContentClient.class),
                factory.createClient(QueryClient.class),
                factory.createClient(DatasetClient.class),
                factory.createClient(TransactionClient.class),
                factory.createClient(ChangeClient.class),
                factory.createClient(StoreClient.class),
                factory.createClient(AccessClient.class));
    }

    /** Any id is one segment: everything in it that means something to an address is escaped. */
    private static DefaultUriBuilderFactory addresses(String baseUrl) {
        String base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        DefaultUriBuilderFactory addresses = new DefaultUriBuilderFactory(base);
        addresses.setEncodingMode(EncodingMode.TEMPLATE_AND_VALUES);
        return addresses;
    }
}
