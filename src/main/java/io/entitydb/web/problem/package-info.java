/** What goes wrong, told to clients as problem details (RFC 9457). */
@NullMarked
package io.entitydb.web.problem;

import org.jspecify.annotations.NullMarked;
