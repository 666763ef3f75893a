/** Where operators and probes look: health, metrics, version, the configuration in force. */
@NullMarked
package io.sealgate.app.management;

import org.jspecify.annotations.NullMarked;
