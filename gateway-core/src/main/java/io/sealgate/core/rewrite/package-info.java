/** Turns an admitted head into the head that the origin sees. Pure functions. */
@NullMarked
package io.sealgate.core.rewrite;

import org.jspecify.annotations.NullMarked;
