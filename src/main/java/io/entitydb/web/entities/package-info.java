/** Entities, their versions and lists of them. */
@NullMarked
package io.entitydb.web.entities;

import org.jspecify.annotations.NullMarked;
