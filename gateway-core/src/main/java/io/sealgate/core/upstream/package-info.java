/** Connections to origins: one pool per event loop and origin. */
@NullMarked
package io.sealgate.core.upstream;

import org.jspecify.annotations.NullMarked;
