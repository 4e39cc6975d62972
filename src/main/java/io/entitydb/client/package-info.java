/**
 * A client of the REST interface for Java programs on Spring's {@code RestClient}: small interfaces
 * whose methods are the requests, and records of what is sent and answered.
 *
 * <p>Begin with {@link io.entitydb.client.EntityDbClients}. The package uses nothing else of this
 * project, and of libraries Spring Web, Jackson and the annotations of JSpecify; it is published
 * alone under the classifier {@code client}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.entitydb.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
