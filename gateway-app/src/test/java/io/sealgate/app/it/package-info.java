/** Integration tests: real sockets, real mutual TLS, the stand-in for COS behind. */
@NullMarked
package io.sealgate.app.it;

import org.jspecify.annotations.NullMarked;
