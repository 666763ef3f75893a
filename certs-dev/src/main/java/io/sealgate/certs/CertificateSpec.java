package io.sealgate.certs;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate shall say. Immutable; every {@code with…} returns a changed copy.
 *
 * <p>The three starting points ({@link #server}, {@link #client}, {@link #authority}) are sound certificates. From there
 * everything is free on purpose, contradictions included: this CA must also make the certificates that a gateway has to
 * refuse.
 *
 * @param names subject alternative names; none leaves the extension out
 * @param serial null for a random one
 */
public record CertificateSpec(
        X500Principal subject,
        List<SubjectAltName> names,
        Purpose purpose,
        KeyAlgorithm keyAlgorithm,
        Validity validity,
        @Nullable BigInteger serial,
        RevocationPointers pointers) {

    // Apple refuses server certificates valid for more than 825 days, whoever signed them.
    private static final Validity LEAF_LIFE = Validity.lasting(Duration.ofDays(365));
    private static final Validity AUTHORITY_LIFE = Validity.lasting(Duration.ofDays(3650));

    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** A server certificate: extended key usage {@code serverAuth}. */
    public static CertificateSpec server(String commonName, SubjectAltName... names) {
        return of(commonName, Purpose.SERVER, LEAF_LIFE).withNames(names);
    }

    /** A client certificate: extended key usage {@code clientAuth}. */
    public static CertificateSpec client(String commonName, SubjectAltName... names) {
        return of(commonName, Purpose.CLIENT, LEAF_LIFE).withNames(names);
    }

    /** A CA certificate, root or intermediate, without a path length limit. */
    public static CertificateSpec authority(String commonName) {
        return of(commonName, Purpose.AUTHORITY, AUTHORITY_LIFE);
    }

    private static CertificateSpec of(String commonName, Purpose purpose, Validity validity) {
        return new CertificateSpec(
                DistinguishedNames.ofCommonName(commonName),
                List.of(),
                purpose,
                KeyAlgorithm.EC_P256,
                validity,
                null,
                RevocationPointers.NONE);
    }

    public CertificateSpec withSubject(X500Principal newSubject) {
        return new CertificateSpec(newSubject, names, purpose, keyAlgorithm, validity, serial, pointers);
    }

    /** Replaces all alternative names; with none, the certificate has no such extension. */
    public CertificateSpec withNames(SubjectAltName... newNames) {
        return withNames(List.of(newNames));
    }

    /** Replaces all alternative names; with none, the certificate has no such extension. */
    public CertificateSpec withNames(List<SubjectAltName> newNames) {
        return new CertificateSpec(subject, newNames, purpose, keyAlgorithm, validity, serial, pointers);
    }

    public CertificateSpec withKeyAlgorithm(KeyAlgorithm algorithm) {
        return new CertificateSpec(subject, names, purpose, algorithm, validity, serial, pointers);
    }

    public CertificateSpec withValidity(Validity newValidity) {
        return new CertificateSpec(subject, names, purpose, keyAlgorithm, newValidity, serial, pointers);
    }

    /** Any serial, even one that RFC 5280 §4.1.2.2 forbids. */
    public CertificateSpec withSerial(BigInteger newSerial) {
        return new CertificateSpec(subject, names, purpose, keyAlgorithm, validity, newSerial, pointers);
    }

    public CertificateSpec withCrlUrl(URI crl) {
        return withPointers(new RevocationPointers(crl, pointers.ocsp()));
    }

    public CertificateSpec withOcspUrl(URI ocsp) {
        return withPointers(new RevocationPointers(pointers.crl(), ocsp));
    }

    /** Replaces all key usages; with none, the certificate has no such extension. */
    public CertificateSpec withKeyUsages(KeyUsage... usages) {
        return withPurpose(purpose.withKeyUsages(usages));
    }

    /** Replaces all extended key usages; with none, the certificate has no such extension. */
    public CertificateSpec withExtendedKeyUsages(ExtendedKeyUsage... usages) {
        return withPurpose(purpose.withExtendedKeyUsages(usages));
    }

    /** Limits how many intermediates may follow this authority. */
    public CertificateSpec withPathLength(int length) {
        return withPurpose(purpose.withPathLength(length));
    }

    /** An issuer that is none: its key usage says it signs certificates, its basic constraints say it is no CA. */
    public CertificateSpec withoutAuthorityFlag() {
        return withPurpose(purpose.withoutAuthorityFlag());
    }

    private CertificateSpec withPurpose(Purpose newPurpose) {
        return new CertificateSpec(subject, names, newPurpose, keyAlgorithm, validity, serial, pointers);
    }

    private CertificateSpec withPointers(RevocationPointers newPointers) {
        return new CertificateSpec(subject, names, purpose, keyAlgorithm, validity, serial, newPointers);
    }
}
