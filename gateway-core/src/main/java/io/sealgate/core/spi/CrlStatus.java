package io.sealgate.core.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * A revocation list that a listener goes by.
 *
 * @param file       where it is from
 * @param issuer     the CA that has signed it, RFC 2253
 * @param entries    how many certificates it revokes
 * @param nextUpdate until when there should be a newer one
 * @param reading    how long it took to read and verify it
 */
public record CrlStatus(String file, String issuer, long entries, Instant nextUpdate, Duration reading) {}
