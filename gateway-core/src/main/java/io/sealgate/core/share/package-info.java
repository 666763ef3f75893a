/** Bounded structures that clients share, with a share for each. */
@NullMarked
package io.sealgate.core.share;

import org.jspecify.annotations.NullMarked;
