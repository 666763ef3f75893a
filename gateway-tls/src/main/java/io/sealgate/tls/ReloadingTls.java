package io.sealgate.tls;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.CrlStatus;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.Standing;
import io.sealgate.core.spi.TransportSecurity;
import io.sealgate.tls.ocsp.Outside;
import io.sealgate.tls.reload.Swapped;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.CrlIssuerStore;
import io.sealgate.tls.revocation.Revocation;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one listener whose files may change: a handshake goes by what was in force when its connection was accepted,
 * and running connections are not disturbed. Thread-safe, but for {@link #refresh}, which one thread calls.
 */
public final class ReloadingTls implements TransportSecurity {

    private final ListenerFiles files;
    private final RevocationChecks checks;
    private final @Nullable UpstreamTls https;
    private final TlsConfig config;
    private final List<String> protocols;
    private final Duration handshakeTimeout;
    private final InstantSource clock;
    private final ExpiryAlarm alarm;
    private final Swapped<MutualTls> tls;

    /** Which certificates were valid when they were put in order last; those that are come first. */
    private List<NameTable.Dates> validity = List.of();

    /** What was found since {@link #refresh} last came to its end. */
    private Refresh found = Refresh.NOTHING;

    /** What {@link RevocationChecks#learnt} was at the last look. */
    private long learntBefore;

    private ReloadingTls(
            ListenerFiles files,
            RevocationChecks checks,
            @Nullable UpstreamTls https,
            TlsConfig config,
            List<String> protocols,
            Duration handshakeTimeout,
            InstantSource clock,
            ExpiryAlarm alarm)
            throws TlsMaterialException {
        this.files = files;
        this.checks = checks;
        this.https = https;
        this.config = config;
        this.protocols = protocols;
        this.handshakeTimeout = handshakeTimeout;
        this.clock = clock;
        this.alarm = alarm;
        this.tls = new Swapped<>(assemble());
        alarm.look(certificates());
    }

    /**
     * Reads the files for the first time.
     *
     * @param listener         name of the listener, for {@code events}
     * @param config           keys, trust and how strict to be
     * @param protocols        for ALPN, the preferred one first: {@code h2}, {@code http/1.1}
     * @param handshakeTimeout from the first byte to the end of the handshake
     * @param clock            tells whether client certificates and revocation lists are valid
     * @param events           learns of later changes
     * @param store            which CAs have had a revocation list in earlier processes, or {@code null}
     * @param outside          for what {@code config} wants fetched; may be {@code null} if that is nothing
     * @param staleAccepted    told the name of the CA when a client is let in although a revocation list of it is
     *                         stale; called on event loops
     * @throws TlsMaterialException if {@link TlsConfig#check} would report a problem, or BoringSSL takes offence
     */
    public static ReloadingTls open(
            String listener,
            TlsConfig config,
            List<String> protocols,
            Duration handshakeTimeout,
            InstantSource clock,
            ReloadListener events,
            @Nullable CrlIssuerStore store,
            @Nullable Outside outside,
            Consumer<String> staleAccepted)
            throws TlsMaterialException {
        ListenerFiles files = ListenerFiles.load(listener, config, clock, store, events);
        CrlConfig crl = config.revocation() == null ? null : config.revocation().crl();
        Revocation lists =
                crl == null ? null : new Revocation(crl, () -> files.crls().current(), clock, staleAccepted);
        UpstreamTls https = null;
        RevocationChecks checks = new RevocationChecks(lists, null, null);
        if (config.isFetched()) {
            https = UpstreamTls.of(
                    new UpstreamTls.Material(UpstreamTlsConfig.defaults().profile(), null, null));
            Outside others = requireNonNull(outside, "outside: none (expected: what is fetched needs it)");
            checks = new Fetching(listener, requireNonNull(config.revocation()), clock, others, https)
                    .begin(files.crls(), lists);
        }
        ExpiryAlarm alarm = new ExpiryAlarm(ReloadListener.Material.SERVER_CERTIFICATE, listener, clock, events);
        return new ReloadingTls(files, checks, https, config, protocols, handshakeTimeout, clock, alarm);
    }

    private Stream<CertificateInUse> certificates() {
        return Stream.concat(
                files.keys().inUse(config.certificates(), clock.instant()),
                TrustBundle.inUse(config.trustFiles(), files.trust().files()));
    }

    private MutualTls assemble() throws TlsMaterialException {
        List<NameTable.Dates> now = files.keys().validity(clock.instant());
        MutualTls assembled =
                MutualTls.of(files.keys(), files.trust(), checks, config, protocols, handshakeTimeout, clock);
        validity = now;
        return assembled;
    }

    /**
     * What {@link #refresh} has put in force.
     *
     * @param isAnything     something
     * @param isAboutClients something that clients who were let in before should be judged by again
     */
    public record Refresh(boolean isAnything, boolean isAboutClients) {

        /** Nothing has changed. */
        public static final Refresh NOTHING = new Refresh(false, false);

        /** Both together. */
        public Refresh and(Refresh other) {
            return new Refresh(isAnything || other.isAnything, isAboutClients || other.isAboutClients);
        }
    }

    /**
     * Looks whether files have changed, and puts in force what is good of it. Reads files: not to be called on an event
     * loop. An error, for want of memory for instance, loses nothing: the next call goes on with it.
     */
    public Refresh refresh() {
        boolean newKeys = files.refreshKeys();
        boolean newTrust = files.refreshTrust();
        boolean newCrls = files.refreshCrls(newTrust);
        long learnt = checks.learnt();
        found = found.and(new Refresh(newKeys || newTrust || newCrls, newTrust || newCrls || learnt != learntBefore));
        learntBefore = learnt;
        if (newKeys || newTrust || !files.keys().validity(clock.instant()).equals(validity)) {
            swap();
        }
        alarm.look(certificates());
        Refresh all = found;
        found = Refresh.NOTHING;
        return all;
    }

    private void swap() {
        try {
            tls.replace(assemble());
            files.tell();
        } catch (TlsMaterialException e) {
            files.refuse(e.problem());
        }
    }

    /** When the certificates end that are presented, and the CAs that are trusted. */
    public List<CertificateTerm> terms() {
        return CertificateTerms.of(files.keys(), files.trust());
    }

    /** Names of the trusted CAs that have had a revocation list which no file and no URL has any more. */
    public List<String> lostCrls() {
        return files.crls().current().lost();
    }

    /** The revocation lists that clients are judged by. */
    public List<CrlStatus> crls() {
        return files.crls().current().statuses();
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator) {
        return tls.use(now -> now.newHandler(allocator));
    }

    /** TLS 1.3 knows no weak signatures in handshakes (RFC 8446 §4.2.3). */
    @Override
    public @Nullable ChannelHandler newGuard() {
        return config.asksClients() && config.profile().isTls12Spoken() ? new ClientSignatureGuard() : null;
    }

    @Override
    public ClientIdentity identify(SslHandler handler) {
        return tls.current().identify(handler);
    }

    /** Judged by what is in force at that moment, not by what was when the client connected. */
    @Override
    public Standing standing(SslHandler handler) {
        X509Certificate[] chain = MutualTls.presented(handler);
        List<X509Certificate> path = MutualTls.pathOf(handler);
        return new Standing() {
            @Override
            public @Nullable HandshakeRefusal judge() {
                return tls.current().groundsForLeaving(chain);
            }

            @Override
            public long holdsUntil(long now) {
                return Certificates.firstEnd(path, now);
            }
        };
    }

    @Override
    public ConnectionContext.Tls describe(SslHandler handler) {
        return tls.current().describe(handler);
    }

    @Override
    public HandshakeRefusal classify(Throwable cause) {
        return tls.current().classify(cause);
    }

    @Override
    public @Nullable String explain(Throwable cause) {
        return tls.current().explain(cause);
    }

    @Override
    public void close() {
        files.crls().close();
        tls.close();
        if (https != null) {
            https.close();
        }
    }
}
