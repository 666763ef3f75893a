package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.core.spi.UpstreamRefusal;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.reload.Swapped;
import io.sealgate.tls.reload.Watched;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards one origin whose files may change, the gateway's own certificate for instance: new connections go by
 * what is in force when they are opened, those that are there already are used on. Thread-safe, but for {@link
 * #refresh}, which one thread calls.
 */
public final class ReloadingUpstreamTls implements UpstreamSecurity {

    private final UpstreamTlsConfig config;
    private final Watched<UpstreamTls.Material> files;
    private final Swapped<UpstreamTls> tls;
    private final ExpiryAlarm alarm;

    /** Whether there was anything new since {@link #refresh} last came to its end. */
    private boolean isAnythingNew;

    private ReloadingUpstreamTls(UpstreamTlsConfig config, Watched<UpstreamTls.Material> files, ExpiryAlarm alarm)
            throws TlsMaterialException {
        this.config = config;
        this.files = files;
        this.alarm = alarm;
        this.tls = new Swapped<>(UpstreamTls.of(files.value()));
    }

    /**
     * Reads the files for the first time.
     *
     * @param origin name of the origin, for {@code events}
     * @param events learns of later changes
     * @throws TlsMaterialException if {@link UpstreamTlsConfig#check} would report a problem, or BoringSSL rejects the
     *                              configuration
     */
    public static ReloadingUpstreamTls open(String origin, UpstreamTlsConfig config, ReloadListener events)
            throws TlsMaterialException {
        Problems problems = new Problems();
        Optional<Watched<UpstreamTls.Material>> files = Watched.loadParts(
                Material.ORIGIN_TLS,
                origin,
                config.files(),
                (last, found) -> config.load(last, InstantSource.system(), found, "tls"),
                problems,
                events);
        if (files.isEmpty()) {
            throw new TlsMaterialException(String.join("; ", problems.lines()));
        }
        ReloadingUpstreamTls security = new ReloadingUpstreamTls(
                config, files.get(), new ExpiryAlarm(Material.ORIGIN_TLS, origin, InstantSource.system(), events));
        security.alarm.look(config.inUse(files.get().value()));
        return security;
    }

    /**
     * Looks whether files have changed, and puts in force what is good of it. Reads files: not to be called on an
     * event loop.
     *
     * @return whether there is anything new, also since a call that an error has ended
     */
    public boolean refresh() {
        if (files.refresh()) {
            isAnythingNew = true;
            try {
                tls.replace(UpstreamTls.of(files.value()));
                files.tell();
            } catch (TlsMaterialException e) {
                files.refuse(e.problem());
            }
        }
        alarm.look(config.inUse(files.value()));
        boolean isNew = isAnythingNew;
        isAnythingNew = false;
        return isNew;
    }

    /** When the certificates end that are presented to the origin, and the CAs that are trusted to vouch for it. */
    public List<CertificateTerm> terms() {
        return CertificateTerms.of(files.value());
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        return tls.use(now -> now.newHandler(allocator, host, port));
    }

    @Override
    public @Nullable ChannelHandler newGuard() {
        return tls.current().newGuard();
    }

    @Override
    public @Nullable UpstreamRefusal refusal(Throwable cause) {
        return CertificateAlerts.of(cause)
                .map(alert ->
                        new UpstreamRefusal(alert, describe(alert, files.value().own())))
                .orElse(null);
    }

    private static String describe(String alert, @Nullable KeyMaterial own) {
        if (own == null) {
            return "none (expected: tls.certificate of the origin)";
        }
        X509Certificate certificate = own.certificate();
        String name = Certificates.subject(certificate) + ", serial "
                + certificate.getSerialNumber().toString(16) + ", issuer "
                + Certificates.name(certificate.getIssuerX500Principal()) + ", until "
                + certificate.getNotAfter().toInstant();
        return alert.equals(CertificateAlerts.REQUIRED)
                ? name + " (not presented: the origin names other CAs than those of its chain)"
                : name;
    }

    @Override
    public void close() {
        tls.close();
    }
}
