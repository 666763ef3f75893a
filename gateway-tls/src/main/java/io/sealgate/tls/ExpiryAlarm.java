package io.sealgate.tls;

import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Warns of certificates in use that are not valid, or not for long, or not made for their use: once for each certificate
 * and state. Such a certificate does not keep others from being used. Confined to the thread that looks after files.
 */
final class ExpiryAlarm {

    private final Material what;
    private final String owner;
    private final InstantSource clock;
    private final ReloadListener events;
    private Map<X509Certificate, Validity> last = Map.of();

    ExpiryAlarm(Material what, String owner, InstantSource clock, ReloadListener events) {
        this.what = what;
        this.owner = owner;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at all that are in use. */
    void look(Stream<CertificateInUse> certificates) {
        Instant now = clock.instant();
        Map<X509Certificate, Validity> seen = new HashMap<>();
        certificates.forEach(used -> {
            X509Certificate certificate = used.certificate();
            Validity validity = Validity.of(certificate, now);
            if (seen.put(certificate, validity) != null) {
                return;
            }
            if (!last.containsKey(certificate)) {
                used.use().flaw(certificate).ifPresent(flaw -> events.warned(what, owner, flawText(used, flaw)));
            }
            if (validity != last.get(certificate) && validity != Validity.GOOD) {
                events.warned(what, owner, text(used, validity));
            }
        });
        last = seen;
    }

    private static String flawText(CertificateInUse used, String flaw) {
        return "certificate: " + Certificates.subject(used.certificate()) + ", file " + used.file() + ": " + flaw;
    }

    private static String text(CertificateInUse used, Validity validity) {
        String effect = validity == Validity.ENDS_SOON ? "" : used.effect().get();
        return validity.describe(used.certificate()) + ", file " + used.file()
                + (effect.isEmpty() ? "" : ": " + effect);
    }
}
