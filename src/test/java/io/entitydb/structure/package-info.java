/** What the architecture allows, in a form that tests can compare with the code. */
@NullMarked
package io.entitydb.structure;

import org.jspecify.annotations.NullMarked;
