package io.sealgate.certs;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority, root or intermediate, held in memory.
 *
 * <p>Immutable and free to share between threads: it remembers neither what it issued nor what it revoked. Tests keep
 * such things in variables, {@link AuthorityDirectory} keeps them in files.
 */
public final class CertificateAuthority {
    /** How long a CRL holds unless told otherwise. */
    public static final Duration CRL_LIFE = Duration.ofDays(30);

    private final PrivateKey privateKey;
    private final List<X509Certificate> path;
    private final InstantSource clock;
    private final Issuer issuer;

    private CertificateAuthority(PrivateKey privateKey, List<X509Certificate> path, InstantSource clock) {
        this.privateKey = privateKey;
        this.path = List.copyOf(path);
        this.clock = clock;
        X509Certificate own = path.get(0);
        this.issuer = new Issuer(own.getSubjectX500Principal(), privateKey, own.getPublicKey());
    }

    /** A self-signed root with sound defaults, on the system clock. */
    public static CertificateAuthority root(String commonName) {
        return root(CertificateSpec.authority(commonName), InstantSource.system());
    }

    /** A self-signed root; whatever it and its descendants sign is dated by {@code clock}. */
    public static CertificateAuthority root(CertificateSpec spec, InstantSource clock) {
        KeyPair keys = spec.keyAlgorithm().generate();
        Issuer self = new Issuer(spec.subject(), keys.getPrivate(), keys.getPublic());
        X509Certificate certificate = new CertificateSigner(self).sign(spec, keys.getPublic(), clock.instant());
        return new CertificateAuthority(keys.getPrivate(), List.of(certificate), clock);
    }

    /** An authority made earlier. {@code path} goes from its own certificate to the root, both included. */
    static CertificateAuthority restore(PrivateKey privateKey, List<X509Certificate> path, InstantSource clock) {
        return new CertificateAuthority(privateKey, path, clock);
    }

    /** Issues a certificate with a new key. */
    public IssuedCertificate issue(CertificateSpec spec) {
        KeyPair keys = spec.keyAlgorithm().generate();
        X509Certificate leaf = new CertificateSigner(issuer).sign(spec, keys.getPublic(), clock.instant());
        return new IssuedCertificate(keys.getPrivate(), prepend(leaf, chain()));
    }

    /**
     * Issues a certificate with a new key and lets it issue in turn. Soundness is up to {@code spec}: a client
     * certificate given here makes an issuer that verifiers must refuse.
     */
    public CertificateAuthority issueAuthority(CertificateSpec spec) {
        IssuedCertificate issued = issue(spec);
        return new CertificateAuthority(issued.privateKey(), prepend(issued.certificate(), path), clock);
    }

    /** The last of a line of {@code generations} intermediates below this authority; zero is this authority itself. */
    public CertificateAuthority descendant(int generations) {
        CertificateAuthority last = this;
        for (int generation = 1; generation <= generations; generation++) {
            last = last.issueAuthority(CertificateSpec.authority("Intermediate " + generation));
        }
        return last;
    }

    /** Signs a CRL that holds from now for {@link #CRL_LIFE}. */
    public X509CRL sign(RevocationList list) {
        // Not dated back as certificates are: a revocation would lie after the list that names it.
        return sign(list, new Validity.Relative(Duration.ZERO, CRL_LIFE));
    }

    /** Signs a CRL with {@code validity} as its thisUpdate and nextUpdate. */
    public X509CRL sign(RevocationList list, Validity validity) {
        return new CrlSigner(issuer).sign(list, validity, clock.instant());
    }

    /** A revocation of {@code certificate} as of now. */
    public Revocation revocationOf(X509Certificate certificate) {
        return Revocation.of(certificate.getSerialNumber(), now());
    }

    /** This authority's own certificate. */
    public X509Certificate certificate() {
        return path.get(0);
    }

    /** The trust anchor at the top, this authority's own certificate if it is a root. */
    public X509Certificate rootCertificate() {
        return path.get(path.size() - 1);
    }

    /** From this authority's own certificate up to, and without, the root; empty for a root. */
    public List<X509Certificate> chain() {
        return path.subList(0, path.size() - 1);
    }

    /** From this authority's own certificate up to the root, both included. */
    List<X509Certificate> path() {
        return path;
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    Instant now() {
        return clock.instant();
    }

    private static List<X509Certificate> prepend(X509Certificate first, List<X509Certificate> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    @Override
    public String toString() {
        return "CertificateAuthority[" + DistinguishedNames.printable(certificate()) + "]";
    }
}
