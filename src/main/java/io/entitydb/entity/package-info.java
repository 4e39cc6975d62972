/** What the product stores, and the port through which it is stored. */
@NullMarked
@ApplicationModule(allowedDependencies = {"temporal"})
package io.entitydb.entity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
