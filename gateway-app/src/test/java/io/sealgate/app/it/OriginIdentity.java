package io.sealgate.app.it;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.KeyStoreFormat;
import io.sealgate.certs.Pem;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Who an origin says it is over TLS, and whom the gateway trusts in that.
 *
 * @param presented the origin's certificate
 * @param trusted   the CA that the gateway knows
 */
record OriginIdentity(IssuedCertificate presented, CertificateAuthority trusted) {

    private static final CertificateAuthority KNOWN = CertificateAuthority.root("Origin CA");
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** What may be wrong with an origin's certificate. */
    enum Kind {
        GOOD,
        UNKNOWN_CA,
        WRONG_NAME,
        EXPIRED,
        NOT_YET_VALID,
        FOR_CLIENTS
    }

    /** An origin that is dialled as {@code localhost}. */
    static OriginIdentity of(Kind kind) {
        CertificateSpec good = CertificateSpec.server("origin", SubjectAltName.dns("localhost"));
        return switch (kind) {
            case GOOD -> issued(good);
            case UNKNOWN_CA ->
                new OriginIdentity(CertificateAuthority.root("Origin CA").issue(good), KNOWN);
            case WRONG_NAME -> issued(good.withNames(SubjectAltName.dns("origin.example.com")));
            case EXPIRED -> issued(good.withValidity(Validity.expired()));
            case NOT_YET_VALID -> issued(good.withValidity(Validity.notYet()));
            case FOR_CLIENTS -> issued(CertificateSpec.client("origin", SubjectAltName.dns("localhost")));
        };
    }

    private static OriginIdentity issued(CertificateSpec spec) {
        return new OriginIdentity(KNOWN.issue(spec), KNOWN);
    }

    /** For an origin on Netty. */
    SslContext nettyContext() throws IOException {
        return SslContextBuilder.forServer(presented.privateKey(), presented.chain())
                .build();
    }

    /** For an origin on the JDK's sockets. */
    SSLContext jdkContext() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(presented.keyStore(KeyStoreFormat.PKCS12, "origin", PASSWORD)), PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** What goes into the gateway's {@code tls.trust}. */
    String trustedPem() {
        return Pem.certificate(trusted.rootCertificate());
    }
}
