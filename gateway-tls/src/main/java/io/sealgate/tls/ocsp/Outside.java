package io.sealgate.tls.ocsp;

import io.sealgate.core.spi.RevocationListener;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;

/**
 * What listeners need to ask others, one for all of them. Thread-safe.
 *
 * @param threads  that it is done on
 * @param resolver finds the addresses of hosts
 * @param events   learns what came of it
 * @param revoked  what responders have called revoked: what one listener has learnt all of them know
 */
public record Outside(
        FetchThreads threads, NameResolver resolver, RevocationListener events, RevokedCertificates revoked) {

    /** With nothing learnt yet. */
    public Outside(FetchThreads threads, NameResolver resolver, RevocationListener events) {
        this(threads, resolver, events, new RevokedCertificates());
    }
}
