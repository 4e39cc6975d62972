/**
 * Who somebody is and what they may do: users, roles, tokens and keys, all of them records of the
 * reserved dataset, and the filters that a request passes before it reaches a controller.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"entity", "query", "storage :: error", "temporal"})
package io.entitydb.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
