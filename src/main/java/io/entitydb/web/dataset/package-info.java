/** Datasets: made, listed and deleted; every write to one relies on its being there. */
@NullMarked
package io.entitydb.web.dataset;

import org.jspecify.annotations.NullMarked;
