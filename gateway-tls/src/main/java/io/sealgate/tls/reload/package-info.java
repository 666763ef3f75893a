/** Files that change while the gateway runs: noticed, read, judged, and swapped whole or not at all. */
@NullMarked
package io.sealgate.tls.reload;

import org.jspecify.annotations.NullMarked;
