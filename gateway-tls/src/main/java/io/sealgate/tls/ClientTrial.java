package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.CrlSet;
import io.sealgate.tls.revocation.Revocation;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Judges a certificate as a listener would in a handshake, by the same rules, without one. Revocation lists count as
 * far as they are files: nothing is fetched and no responder asked, and what those would have to say is not held
 * against the client.
 */
public final class ClientTrial {

    private final ClientChainValidator validator;
    private final RevocationChecks checks;
    private final boolean isFetched;

    private ClientTrial(ClientChainValidator validator, RevocationChecks checks, boolean isFetched) {
        this.validator = validator;
        this.checks = checks;
        this.isFetched = isFetched;
    }

    /**
     * Reads the files of a listener's trust.
     *
     * @throws TlsMaterialException if {@link TlsConfig#check} would report a problem
     */
    public static ClientTrial open(TlsConfig config, InstantSource clock) throws TlsMaterialException {
        Problems problems = new Problems();
        TrustBundle trust = config.loadTrust(null, problems, "tls").orElse(TrustBundle.empty());
        CrlSet lists =
                config.loadCrls(trust, clock, problems, new Problems(), "tls").orElse(CrlSet.none());
        if (!problems.isEmpty()) {
            throw new TlsMaterialException(String.join("; ", problems.lines()));
        }
        CrlConfig crl = config.revocation() == null ? null : config.revocation().crl();
        Revocation revocation = crl == null ? null : new Revocation(crl, () -> lists, clock, authority -> {});
        return new ClientTrial(
                new ClientChainValidator(trust, config.trust(), clock),
                new RevocationChecks(revocation, null, null),
                config.isFetched());
    }

    /**
     * What would come of the certificates in {@code pem}, the client's own first.
     *
     * @throws TlsMaterialException if the file has none
     */
    public Outcome judge(Path pem) throws TlsMaterialException {
        X509Certificate[] presented = PemCertificates.read(pem).toArray(X509Certificate[]::new);
        Outcome outcome = validate(presented);
        try {
            NativeCredential.checkReadable(presented[0]);
            return outcome;
        } catch (SSLException e) {
            HandshakeRefusal reason = HandshakeFailures.classify(e);
            // our own message is the clearer one if both give the same reason
            return outcome.refusal() == reason
                    ? outcome
                    : new Outcome(outcome.identity(), reason, unreadable(presented[0], e));
        }
    }

    private static String unreadable(X509Certificate certificate, SSLException objection) {
        return Certificates.subject(certificate) + ": key that BoringSSL cannot read: " + objection.getMessage()
                + " (expected: RSA, P-256 or P-384)";
    }

    private Outcome validate(X509Certificate[] presented) {
        try {
            TrustedClient client = validator.validate(presented);
            refuseRevoked(client);
            return new Outcome(client.identity(), null, "");
        } catch (RefusedCertificateException e) {
            return new Outcome(identity(presented[0]), e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private void refuseRevoked(TrustedClient client) throws RefusedCertificateException {
        try {
            checks.check(client.identity().key(), client.path());
        } catch (RefusedCertificateException e) {
            boolean mayBeFetched =
                    e.reason() == HandshakeRefusal.CRL_MISSING || e.reason() == HandshakeRefusal.CRL_STALE;
            if (!isFetched || !mayBeFetched) {
                throw e;
            }
        }
    }

    private static @Nullable Certified identity(X509Certificate certificate) {
        try {
            return IdentityExtractor.identify(certificate);
        } catch (CertificateException e) {
            return null;
        }
    }

    /**
     * What would come of a handshake.
     *
     * @param identity whom the certificate speaks of; {@code null} if that cannot be read
     * @param refusal  why the client would be refused, or {@code null} if it would not
     * @param message  the same in words; empty if there is nothing to say
     */
    public record Outcome(
            @Nullable Certified identity, @Nullable HandshakeRefusal refusal, String message) {}
}
