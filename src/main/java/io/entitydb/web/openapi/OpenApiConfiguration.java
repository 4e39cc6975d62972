package io.entitydb.web.openapi;

import io.entitydb.web.http.Preconditions;
import io.entitydb.web.problem.ProblemDocument;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** The description of the interface, made from the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        // Values of JSON are what they are; the library would describe this mapper's classes.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Preconditions.class)
                .replaceWithSchema(ObjectNode.class, new ObjectSchema())
                .replaceWithSchema(JsonNode.class, new Schema<>());
    }

    private static final String BEARER = "bearer";

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
        Components components = new Components();
        ModelConverters.getInstance(true)
                .readAll(ProblemDocument.class)
                .forEach(components::addSchemas);
        components.addSecuritySchemes(
                BEARER,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An access token, an API key, or a token of another issuer"));
        return new OpenAPI()
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .info(
                        new Info()
                                .title("EntityDB")
                                .version(version)
                                .description(
                                        "A temporal entity store. Every change makes a version, and"
                                                + " every past instant can be read back. Each answer"
                                                + " tells in the header EntityDB-Transaction which"
                                                + " transaction it reflects; errors are problem details"
                                                + " (RFC 9457) with a stable code.")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")));
    }
}
