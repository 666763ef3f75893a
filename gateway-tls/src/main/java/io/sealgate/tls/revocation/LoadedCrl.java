package io.sealgate.tls.revocation;

import io.sealgate.core.spi.CrlStatus;
import java.time.Duration;

/**
 * A list and where it is from.
 *
 * @param file         the file or URL as configured, with {@code #2} and so on behind it from the second list of one
 *                     file on
 * @param where        its place in the configuration
 * @param reading      how long that took
 * @param isConfigured false if only a certificate names it
 */
record LoadedCrl(Crl crl, String file, String where, Duration reading, boolean isConfigured) {

    LoadedCrl(Crl crl, String file, String where, Duration reading) {
        this(crl, file, where, reading, true);
    }

    /** {@code CRL of CN=Device CA, number 7}, for messages. */
    String printable() {
        return "CRL of " + crl.issuer().printable() + (crl.number() == null ? "" : ", number " + crl.number());
    }

    boolean hasScopeOf(LoadedCrl other) {
        return crl.issuer().equals(other.crl.issuer()) && crl.scope().equals(other.crl.scope());
    }

    /**
     * True if with this list nobody needs {@code before}: the same CA's, of all that was in its scope, and not older.
     */
    boolean replaces(LoadedCrl before) {
        return crl.issuer().equals(before.crl.issuer())
                && crl.scope().includes(before.crl.scope())
                && !before.crl.isNewerThan(crl);
    }

    /** Neither newer nor older. A CA that makes two lists in one second and does not number them makes such. */
    boolean isAsOldAs(LoadedCrl other) {
        return !crl.isNewerThan(other.crl) && !other.crl.isNewerThan(crl);
    }

    /** The same list again, as far as that matters to anybody. */
    boolean isSameAs(LoadedCrl other) {
        return hasScopeOf(other)
                && isAsOldAs(other)
                && crl.nextUpdate().equals(other.crl.nextUpdate())
                && crl.revoked().hasSameAs(other.crl.revoked());
    }

    CrlStatus status() {
        return new CrlStatus(file, crl.issuer().printable(), crl.revoked().size(), crl.nextUpdate(), reading);
    }
}
