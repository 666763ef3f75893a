/** Checksums of bodies in passing: Content-MD5 of uploads, CRC64 of downloads. */
@NullMarked
package io.sealgate.integrity;

import org.jspecify.annotations.NullMarked;
