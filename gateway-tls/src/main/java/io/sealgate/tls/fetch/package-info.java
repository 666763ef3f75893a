/**
 * The door through which the gateway asks others about revocation: where URLs may lead, to which addresses, for how long and how
 * much. Nothing here knows what is fetched.
 */
@NullMarked
package io.sealgate.tls.fetch;

import org.jspecify.annotations.NullMarked;
