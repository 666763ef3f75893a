package io.sealgate.tls.ocsp;

import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.tls.fetch.FetchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;

/**
 * Reads a responder's answer, and believes nothing of it that was not signed by one who may (RFC 6960 §3.2).
 *
 * @param rules         who may
 * @param nonceRequired whether an answer without the nonce is none
 */
record OcspReader(ResponderRules rules, boolean nonceRequired) {

    /** Clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** However long the responder means an answer to hold: a revocation should not go unnoticed for days. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What {@code der} says of the certificate in question; unless it says good or revoked, an exception. */
    OcspAnswer read(byte[] der, OcspQuestion question, Instant now) throws FetchException {
        try {
            OCSPResp response = new OCSPResp(der);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                throw new FetchException(
                        Outcome.STATUS, "responder: status " + response.getStatus() + " (expected: 0)");
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                throw new FetchException(Outcome.MALFORMED, "response: of another kind (expected: a basic one)");
            }
            if (!rules.isSigned(basic, question.issuer(), now)) {
                throw new FetchException(
                        Outcome.WRONG_ISSUER,
                        rules.isOutOfDate(basic, now)
                                ? "response: the responder's certificate is not valid now (expected: a valid one)"
                                : "response: not signed by the issuer or its responder (expected: by one of them)");
            }
            checkNonce(basic, question);
            return answer(single(basic, question), now);
        } catch (IOException | OCSPException | RuntimeException e) {
            throw new FetchException(Outcome.MALFORMED, "response: malformed (expected: RFC 6960 §4.2)");
        }
    }

    private void checkNonce(BasicOCSPResp response, OcspQuestion question) throws FetchException {
        Extension extension = response.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (!question.nonce().hasRemaining() || (extension == null && !nonceRequired)) {
            return;
        }
        boolean isOurs = extension != null
                && question.nonce()
                        .equals(ByteBuffer.wrap(ASN1OctetString.getInstance(extension.getParsedValue())
                                .getOctets()));
        if (!isOurs) {
            throw new FetchException(Outcome.MALFORMED, "nonce: another or none (expected: that of the request)");
        }
    }

    private static SingleResp single(BasicOCSPResp response, OcspQuestion question) throws IOException, FetchException {
        for (SingleResp single : response.getResponses()) {
            if (question.isAbout(single.getCertID())) {
                return single;
            }
        }
        throw new FetchException(
                Outcome.MALFORMED, "response: about other certificates (expected: the one in question)");
    }

    private static OcspAnswer answer(SingleResp single, Instant now) throws FetchException {
        Instant thisUpdate = single.getThisUpdate().toInstant();
        Instant nextUpdate = single.getNextUpdate() == null
                ? thisUpdate
                : single.getNextUpdate().toInstant();
        if (thisUpdate.isAfter(now.plus(SKEW)) || now.isAfter(nextUpdate.plus(SKEW))) {
            throw new FetchException(
                    Outcome.OLDER,
                    "response: from " + thisUpdate + " to " + nextUpdate + " (expected: one that holds now)");
        }
        Instant cap = now.plus(LONGEST);
        Instant until = nextUpdate.isBefore(cap) ? nextUpdate : cap;
        Object status = single.getCertStatus();
        if (status == CertificateStatus.GOOD) {
            return new OcspAnswer(false, false, thisUpdate, until, "good");
        }
        if (status instanceof RevokedStatus revoked) {
            String reason = revoked.hasRevocationReason() ? "reason " + revoked.getRevocationReason() : "no reason";
            boolean isOnHold =
                    revoked.hasRevocationReason() && revoked.getRevocationReason() == CRLReason.certificateHold;
            return new OcspAnswer(true, isOnHold, thisUpdate, until, "revoked, " + reason);
        }
        throw new FetchException(Outcome.STATUS, "status: unknown (expected: good or revoked)");
    }
}
