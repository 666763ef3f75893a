/** Checksums of bodies in passing: Content-MD5 and S3's of uploads, CRC64 of downloads; and the decoding of aws-chunked. */
@NullMarked
package io.sealgate.integrity;

import org.jspecify.annotations.NullMarked;
