/** CRC-64/XZ: the checksum, and the kernels that compute it. */
@NullMarked
package io.sealgate.integrity.crc64;

import org.jspecify.annotations.NullMarked;
