/** Values that every other package speaks in. Nothing here does I/O. */
@NullMarked
package io.sealgate.core.model;

import org.jspecify.annotations.NullMarked;
