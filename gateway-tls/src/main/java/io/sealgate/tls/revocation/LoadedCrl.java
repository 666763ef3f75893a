package io.sealgate.tls.revocation;

import io.sealgate.core.spi.CrlStatus;
import java.time.Duration;

/**
 * A list and where it is from.
 *
 * @param file    the file as configured, with {@code #2} and so on behind it from the second list of one file on
 * @param where   the file's place in the configuration
 * @param reading how long that took
 */
record LoadedCrl(Crl crl, String file, String where, Duration reading) {

    /** {@code CRL of CN=Device CA, number 7}, for messages. */
    String printable() {
        return "CRL of " + crl.issuer().printable() + (crl.number() == null ? "" : ", number " + crl.number());
    }

    boolean hasScopeOf(LoadedCrl other) {
        return crl.issuer().equals(other.crl.issuer()) && crl.scope().equals(other.crl.scope());
    }

    CrlStatus status() {
        return new CrlStatus(file, crl.issuer().printable(), crl.revoked().size(), crl.nextUpdate(), reading);
    }
}
