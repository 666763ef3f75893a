package io.sealgate.tls.ocsp;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a CA's responder does, or in some way wrongly. Immutable; every {@code with…} returns a changed copy.
 *
 * @param key    signs
 * @param chain  sent along, the signer's certificate first
 * @param status of every certificate; null for good
 * @param age    of the answer when it is given
 * @param life   of the answer from its making; null for no nextUpdate
 */
record TestResponder(
        PrivateKey key,
        List<X509Certificate> chain,
        @Nullable CertificateStatus status,
        Duration age,
        @Nullable Duration life,
        NonceUse nonce,
        BigInteger serialOffset,
        int responseStatus) {

    /** What becomes of the request's nonce. */
    enum NonceUse {
        COPY,
        OMIT,
        ANOTHER
    }

    static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(Instant.parse("2026-01-01T00:00:00Z")), CRLReason.keyCompromise);
    static final CertificateStatus ON_HOLD =
            new RevokedStatus(Date.from(Instant.parse("2026-01-01T00:00:00Z")), CRLReason.certificateHold);
    static final CertificateStatus UNKNOWN = new UnknownStatus();

    static TestResponder of(PrivateKey key, X509Certificate... chain) {
        return new TestResponder(
                key,
                List.of(chain),
                CertificateStatus.GOOD,
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                NonceUse.COPY,
                BigInteger.ZERO,
                OCSPRespBuilder.SUCCESSFUL);
    }

    TestResponder withStatus(@Nullable CertificateStatus other) {
        return new TestResponder(key, chain, other, age, life, nonce, serialOffset, responseStatus);
    }

    TestResponder withTimes(Duration newAge, @Nullable Duration newLife) {
        return new TestResponder(key, chain, status, newAge, newLife, nonce, serialOffset, responseStatus);
    }

    TestResponder withNonce(NonceUse other) {
        return new TestResponder(key, chain, status, age, life, other, serialOffset, responseStatus);
    }

    TestResponder aboutAnother() {
        return new TestResponder(key, chain, status, age, life, nonce, BigInteger.ONE, responseStatus);
    }

    TestResponder failing(int code) {
        return new TestResponder(key, chain, status, age, life, nonce, serialOffset, code);
    }

    byte[] answer(byte[] request) throws Exception {
        if (responseStatus != OCSPRespBuilder.SUCCESSFUL) {
            return new OCSPRespBuilder().build(responseStatus, null).getEncoded();
        }
        OCSPReq asked = new OCSPReq(request);
        X509CertificateHolder[] holders = new X509CertificateHolder[chain.size()];
        for (int i = 0; i < holders.length; i++) {
            holders[i] = new JcaX509CertificateHolder(chain.get(i));
        }
        BasicOCSPRespBuilder answer = new BasicOCSPRespBuilder(new RespID(holders[0].getSubject()));
        Instant made = Instant.now().minus(age);
        CertificateID id = asked.getRequestList()[0].getCertID();
        answer.addResponse(
                serialOffset.signum() == 0 ? id : another(id),
                status,
                Date.from(made),
                life == null ? null : Date.from(made.plus(life)));
        byte[] sent = nonce(asked);
        if (sent.length > 0) {
            answer.setResponseExtensions(new Extensions(new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(sent).getEncoded())));
        }
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        answer.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(key), holders, Date.from(made)))
                .getEncoded();
    }

    private CertificateID another(CertificateID id) throws Exception {
        return new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                new JcaX509CertificateHolder(chain.get(chain.size() - 1)),
                id.getSerialNumber().add(serialOffset));
    }

    private byte[] nonce(OCSPReq asked) {
        Extension extension = asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (extension == null || nonce == NonceUse.OMIT) {
            return new byte[0];
        }
        return nonce == NonceUse.ANOTHER
                ? new byte[32]
                : DEROctetString.getInstance(extension.getParsedValue()).getOctets();
    }
}
