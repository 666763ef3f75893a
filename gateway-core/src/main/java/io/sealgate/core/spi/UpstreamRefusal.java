package io.sealgate.core.spi;

/**
 * A TLS alert by which an origin refuses the gateway's certificate. With TLS 1.3 it comes after the gateway's side of the
 * handshake has ended.
 *
 * @param alert     its name in RFC 8446 §6, of a closed set
 * @param certificate what the gateway has to present, for the operator
 */
public record UpstreamRefusal(String alert, String certificate) {}
