/** Listeners and the thin handlers that feed exchanges. */
@NullMarked
package io.sealgate.core.server;

import org.jspecify.annotations.NullMarked;
