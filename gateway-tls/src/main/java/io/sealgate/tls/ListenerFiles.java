package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.tls.reload.Watched;
import io.sealgate.tls.revocation.CrlIssuerStore;
import io.sealgate.tls.revocation.RevocationLists;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a listener reads from files, each part by itself: a broken revocation list does not keep a new certificate from
 * being used. Values may be asked for on any thread; one thread looks after the files.
 */
final class ListenerFiles {

    private final Watched<ServerCertificates> keys;
    private final Watched<TrustBundle> trust;
    private final RevocationLists crls;

    private ListenerFiles(Watched<ServerCertificates> keys, Watched<TrustBundle> trust, RevocationLists crls) {
        this.keys = keys;
        this.trust = trust;
        this.crls = crls;
    }

    /** Reads everything for the first time, or says everything that is wrong. */
    static ListenerFiles load(
            String listener,
            TlsConfig config,
            InstantSource clock,
            @Nullable CrlIssuerStore store,
            ReloadListener events)
            throws TlsMaterialException {
        Problems problems = new Problems();
        Optional<Watched<ServerCertificates>> keys = Watched.loadParts(
                Material.SERVER_CERTIFICATE,
                listener,
                config.certificateFiles(),
                (last, found) -> config.loadKeys(last, clock, found, "tls"),
                problems,
                events);
        Optional<Watched<TrustBundle>> trust = Watched.loadParts(
                Material.TRUST,
                listener,
                config.trustFiles(),
                (last, found) -> config.loadTrust(last, found, "tls"),
                problems,
                events);
        // Lists are judged by the CAs that are trusted when they are read.
        Optional<RevocationLists> crls = trust.map(
                authorities -> config.watchCrls(authorities.value(), listener, store, clock, problems, "tls", events));
        Problems warnings = new Problems();
        crls.ifPresent(lists -> config.checkCoverage(
                trust.orElseThrow().value(),
                lists.current(),
                config.knownIssuers(listener, store),
                clock,
                problems,
                warnings,
                "tls"));
        if (keys.isEmpty() || trust.isEmpty() || crls.isEmpty() || !problems.isEmpty()) {
            throw new TlsMaterialException(String.join("; ", problems.lines()));
        }
        warnings.lines().forEach(line -> events.warned(Material.CRL, listener, line));
        return new ListenerFiles(keys.get(), trust.get(), crls.get());
    }

    ServerCertificates keys() {
        return keys.value();
    }

    TrustBundle trust() {
        return trust.value();
    }

    RevocationLists crls() {
        return crls;
    }

    boolean refreshKeys() {
        return keys.refresh();
    }

    boolean refreshTrust() {
        return trust.refresh();
    }

    /** @param newTrust other CAs are trusted than when the lists were read */
    boolean refreshCrls(boolean newTrust) {
        return crls.refresh(newTrust ? trust.value().all().toList() : null);
    }

    /** The keys and the CAs that were read are in force. */
    void tell() {
        keys.tell();
        trust.tell();
    }

    /** The keys and the CAs that were read are good, each by itself, but cannot be used together. */
    void refuse(String problem) {
        keys.refuse(problem);
        trust.refuse(problem);
    }
}
