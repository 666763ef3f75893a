/** The structure of PEM files, whatever is in their blocks. */
@NullMarked
package io.sealgate.tls.pem;

import org.jspecify.annotations.NullMarked;
