/** Requests that nobody means, sent to every operation of the interface. */
@NullMarked
package io.entitydb.web.fuzz;

import org.jspecify.annotations.NullMarked;
