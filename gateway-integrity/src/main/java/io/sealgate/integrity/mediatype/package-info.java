/** What objects are, told by their bytes. */
@NullMarked
package io.sealgate.integrity.mediatype;

import org.jspecify.annotations.NullMarked;
