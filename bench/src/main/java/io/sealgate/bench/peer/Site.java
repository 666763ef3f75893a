package io.sealgate.bench.peer;

/**
 * What every peer must serve.
 *
 * @param port the loopback port the peer is to listen on
 * @param originPort the loopback port of the origin behind it
 * @param managementPort a second loopback port, for peers that have a management endpoint
 */
public record Site(CertificateFiles certificates, int port, int originPort, int managementPort) {}
