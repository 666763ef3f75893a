package io.sealgate.tls.fetch;

import io.sealgate.core.spi.RevocationListener;

/**
 * What a listener needs to ask others.
 *
 * @param threads  that it is done on
 * @param resolver finds the addresses of hosts
 * @param events   learns what came of it
 */
public record Outside(FetchThreads threads, NameResolver resolver, RevocationListener events) {}
