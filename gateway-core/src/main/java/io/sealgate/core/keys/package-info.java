/** Keys that the gateway chooses for what is uploaded. Pure but for the randomness that it is given. */
@NullMarked
package io.sealgate.core.keys;

import org.jspecify.annotations.NullMarked;
