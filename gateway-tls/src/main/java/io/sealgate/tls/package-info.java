/** TLS on both sides of the gateway: keys, trust in client certificates, who a client is, and why a handshake failed. */
@NullMarked
package io.sealgate.tls;

import org.jspecify.annotations.NullMarked;
