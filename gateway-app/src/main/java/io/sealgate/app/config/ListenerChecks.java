package io.sealgate.app.config;

import io.sealgate.app.config.ListenerConfig.Protocol;
import io.sealgate.core.config.ProxyProtocolConfig;
import io.sealgate.core.config.ProxyProtocolConfig.Mode;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.revocation.CrlIssuerStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of each listener. */
final class ListenerChecks {

    private final Findings findings;
    private final StateConfig state;
    private final @Nullable CrlIssuerStore issuers;

    ListenerChecks(Findings findings, StateConfig state) {
        this.findings = findings;
        this.state = state;
        this.issuers = state.look(findings.problems());
    }

    void run(List<ListenerConfig> listeners) {
        for (int i = 0; i < listeners.size(); i++) {
            check(listeners.get(i), Paths.item("listeners", i));
        }
    }

    private void check(ListenerConfig listener, String path) {
        if (listener.bind().equals(BindAddress.MISSING)) {
            findings.missing(path + ".bind", ListenAddress.EXPECTED);
        }
        protocols(listener, path + ".protocols");
        proxyProtocol(listener, path + ".proxy-protocol");
        tls(listener, path + ".tls");
        listener.limits().check(findings.problems(), path + ".limits");
        sharedAddresses(listener, path + ".limits.shared-addresses");
    }

    private void protocols(ListenerConfig listener, String path) {
        List<Protocol> protocols = listener.protocols();
        if (protocols.isEmpty() || new HashSet<>(protocols).size() != protocols.size()) {
            findings.problem(path, "protocols: " + protocols + " (expected: h2 or http/1.1 or both, each once)");
        }
        if (listener.tls() instanceof ListenerTls.None && protocols.contains(Protocol.HTTP_2)) {
            findings.problem(path, "protocols: " + protocols + " (expected: [http/1.1], because tls is none)");
        }
    }

    private void proxyProtocol(ListenerConfig listener, String path) {
        ProxyProtocolConfig proxy = listener.proxyProtocol();
        proxy.check(findings.problems(), path);
        if (proxy.mode() != Mode.NONE && listener.bind() instanceof UnixSocketPath) {
            findings.problem(
                    path + ".mode",
                    "mode: " + proxy.mode() + " (expected: none, because clients of a unix socket have no address)");
        }
        if (proxy.mode() != Mode.NONE && proxy.trusted().stream().anyMatch(AddressBlock::isEverybody)) {
            findings.warn(
                    path + ".trusted",
                    "trusted: " + proxy.trusted() + " (whoever reaches this listener can claim any client address)");
        }
    }

    private void sharedAddresses(ListenerConfig listener, String path) {
        List<AddressBlock> shared = listener.limits().sharedAddresses();
        if (!shared.isEmpty() && listener.tls() instanceof ListenerTls.None) {
            findings.warn(
                    path,
                    "shared-addresses: " + shared
                            + " (no effect: without tls, no address of this listener has a share)");
        } else if (shared.stream().anyMatch(AddressBlock::isEverybody)) {
            findings.warn(
                    path,
                    "shared-addresses: " + shared
                            + " (whoever reaches this listener can fill it before any handshake is over)");
        }
    }

    private void tls(ListenerConfig listener, String path) {
        ListenerTls tls = listener.tls();
        if (tls == null) {
            findings.missing(path, "a tls section, or none on a loopback address or a unix socket");
        } else if (tls instanceof ListenerTls.Terminated && listener.bind() instanceof UnixSocketPath) {
            findings.problem(path, "tls: a section (expected: none, because bind is a unix socket)");
        } else if (tls instanceof ListenerTls.Terminated terminated) {
            terminated
                    .config()
                    .check(listener.name(), issuers, findings.problems(), findings.collectedWarnings(), path);
            missingLists(terminated, path);
            terminated.config().warnOfExpiry(findings.collectedWarnings(), path, Instant.now());
            if (terminated.config().clientAuth() == ClientAuthentication.NONE) {
                findings.warn(
                        path + ".client-auth", "client-auth: none (clients of this listener are never identified)");
            }
        } else if (!listener.bind().isLocal() && !listener.bind().equals(BindAddress.MISSING)) {
            findings.problem(
                    path, "tls: none (expected: a tls section, because " + listener.bind() + " is not loopback)");
        }
    }

    private void missingLists(ListenerTls.Terminated tls, String path) {
        if (tls.config().excusesMissingLists() && state.directory() == null) {
            findings.warn(
                    path + ".revocation.crl.check",
                    "check: chain-if-available without state.directory (a CA whose CRL is gone at a start is taken for"
                            + " one that never had any, and its revoked clients are let in)");
        }
    }
}
