/**
 * A development certificate authority: roots, intermediates, server and client certificates, revocation lists, and the
 * file formats that devices read. Nothing here touches the JVM-wide provider list, and nothing here is meant to run a
 * production PKI.
 */
@NullMarked
package io.sealgate.certs;

import org.jspecify.annotations.NullMarked;
