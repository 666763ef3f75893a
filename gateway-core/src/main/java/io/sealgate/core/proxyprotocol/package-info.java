/** Reading of the PROXY protocol, versions 1 and 2: pure functions of bytes. */
@NullMarked
package io.sealgate.core.proxyprotocol;

import org.jspecify.annotations.NullMarked;
