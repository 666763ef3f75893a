/** {@code sealgate dev}: certificates, an origin and a gateway from nothing, and the demonstration that plays a client. */
@NullMarked
package io.sealgate.app.dev;

import org.jspecify.annotations.NullMarked;
