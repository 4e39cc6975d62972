/** The file header: its two slots, its rules and the one place that changes it. */
@NullMarked
@NamedInterface("header")
package io.entitydb.storage.header;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
