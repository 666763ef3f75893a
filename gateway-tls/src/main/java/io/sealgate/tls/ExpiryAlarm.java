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
 * Warns of certificates in use that are not valid, or not for long: once for each certificate and state. Such a
 * certificate does not keep others from being used. Confined to the thread that looks after files.
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
    void look(Stream<X509Certificate> certificates) {
        Instant now = clock.instant();
        Map<X509Certificate, Validity> seen = new HashMap<>();
        certificates.forEach(certificate -> {
            Validity validity = Validity.of(certificate, now);
            boolean isNew = seen.put(certificate, validity) == null && validity != last.get(certificate);
            if (isNew && validity != Validity.GOOD) {
                events.warned(what, owner, validity.describe(certificate));
            }
        });
        last = seen;
    }
}
