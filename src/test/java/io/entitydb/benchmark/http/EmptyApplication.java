package io.entitydb.benchmark.http;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the stack alone can do: the same Tomcat and Spring MVC with the settings of the service,
 * without its filters, security, metrics and store. It answers the requests that the service is
 * measured with: entities with nothing, lists and the feed with bytes that were made before.
 *
 * <p>Nothing here is a component of Spring's, or the service would find it on the path of its tests
 * and serve it, too.
 *
 * <p>Arguments, besides Spring's: {@code --ready.page}, {@code --ready.events}: files with those
 * bytes; {@code --ready.repeats}: how often the events are sent.
 */
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@Import(EmptyApplication.Endpoints.class)
public class EmptyApplication {

    /** Serves until the process ends. */
    public static void main(String[] arguments) {
        SpringApplication.run(EmptyApplication.class, arguments);
    }

    @Bean
    WebMvcRegistrations endpoints() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new RequestMappingHandlerMapping() {
                    @Override
                    protected boolean isHandler(Class<?> type) {
                        return type == Endpoints.class;
                    }
                };
            }
        };
    }

    /** The same paths as those of the service. */
    @ResponseBody
    static class Endpoints {

        private static final String ENTITIES = "/api/v1/datasets/{dataset}/entities";

        private final byte[] page;
        private final byte[] events;
        private final int repeats;

        Endpoints(org.springframework.core.env.Environment environment) throws IOException {
            page = Files.readAllBytes(Path.of(environment.getRequiredProperty("ready.page")));
            events = Files.readAllBytes(Path.of(environment.getRequiredProperty("ready.events")));
            repeats = environment.getRequiredProperty("ready.repeats", Integer.class);
        }

        @GetMapping(ENTITIES + "/{id}")
        ResponseEntity<Void> find(
                @PathVariable("dataset") String dataset, @PathVariable("id") String id) {
            return ResponseEntity.ok().build();
        }

        @PostMapping(ENTITIES)
        ResponseEntity<Void> create(
                @PathVariable("dataset") String dataset, @RequestBody byte[] body) {
            return ResponseEntity.status(HttpStatus.CREATED).build();
        }

        @GetMapping(path = ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
        ResponseEntity<byte[]> list(@PathVariable("dataset") String dataset) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(page);
        }

        /** Sends the same events again and again, as many as the service has. */
        @GetMapping("/api/v1/changes")
        void follow(HttpServletResponse response) throws IOException {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            OutputStream out = response.getOutputStream();
            for (int i = 0; i < repeats; i++) {
                out.write(events);
                out.flush();
            }
        }
    }
}
