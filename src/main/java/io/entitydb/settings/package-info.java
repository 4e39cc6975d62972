/** Refuses settings that do not exist, before anything starts. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.entitydb.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
