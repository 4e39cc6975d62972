/** The log: frames, records, the dictionary, and the parts that append and read them. */
@NullMarked
package io.entitydb.storage.log;

import org.jspecify.annotations.NullMarked;
