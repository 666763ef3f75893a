package io.sealgate.tls;

import io.netty.util.NetUtil;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether an origin is the one that was dialled: its chain is judged by the JDK and for strong keys and signatures,
 * its name also by RFC 9525. Under CAs of one's own the JDK takes SHA-1 and RSA of 1024 bits; it still takes the
 * common name where there is no alternative name, and wildcards that stand for a part of a label. Thread-safe.
 */
final class OriginTrustManager extends X509ExtendedTrustManager {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager chains;

    private OriginTrustManager(X509ExtendedTrustManager chains) {
        this.chains = chains;
    }

    /** Trusts these CAs, or with {@code null} the JDK's. */
    static OriginTrustManager of(@Nullable List<X509Certificate> authorities) throws TlsMaterialException {
        try {
            List<X509Certificate> trusted =
                    authorities == null ? List.of(manager(null).getAcceptedIssuers()) : authorities;
            PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors(trusted), new X509CertSelector());
            rules.setRevocationEnabled(false);
            rules.addCertPathChecker(new StrengthChecker());
            return new OriginTrustManager(manager(new CertPathTrustManagerParameters(rules)));
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException("trust: cannot be used (expected: CA certificates)", e);
        }
    }

    private static Set<TrustAnchor> anchors(List<X509Certificate> authorities) {
        return authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
    }

    /** By these rules, or with {@code null} the JDK's own. */
    private static X509ExtendedTrustManager manager(@Nullable ManagerFactoryParameters rules)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        if (rules == null) {
            factory.init((KeyStore) null);
        } else {
            factory.init(rules);
        }
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new KeyStoreException("trust: no X.509 (expected: of every JDK)"));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, engine);
        checkName(Certificates.parse(chain[0].getEncoded()), engine.getPeerHost());
    }

    /** RFC 9525 §6.1: only names of the kind that was dialled count, and the subject never does. */
    private static void checkName(X509Certificate certificate, @Nullable String host) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (host != null && names != null) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
            for (List<?> name : names) {
                boolean isFor = address == null ? isFor(host, name) : isFor(address, name);
                if (isFor) {
                    return;
                }
            }
        }
        throw new CertificateException("certificate: " + Certificates.subject(certificate)
                + " (expected: a subject alternative name for " + host + ", RFC 9525)");
    }

    private static boolean isFor(String host, List<?> name) {
        if (!name.get(0).equals(DNS_NAME)) {
            return false;
        }
        Optional<String> asked = ServerName.canonical(host);
        Optional<String> presented = ServerName.presented((String) name.get(1));
        return presented.isPresent()
                && (presented.equals(asked) || presented.equals(asked.flatMap(ServerName::wildcard)));
    }

    private static boolean isFor(byte[] address, List<?> name) {
        return name.get(0).equals(IP_ADDRESS)
                && Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString((String) name.get(1)));
    }

    /** Without an engine there is no name to be checked. */
    private static CertificateException unnamed() {
        return new CertificateException("origin: unknown (expected: the engine that has dialled it)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw unnamed();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
