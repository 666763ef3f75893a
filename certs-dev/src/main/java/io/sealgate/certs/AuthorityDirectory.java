package io.sealgate.certs;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A certificate authority that lives in a directory: {@code ca.pem}, {@code ca.key}, a ledger of what it issued
 * ({@code ca.index}) and its CRL ({@code ca.crl}, {@code ca.crl.der}), beside the certificates it issues.
 *
 * <p>Processes may share a directory: every change is made under a lock on what the files say at that moment. Within a
 * process one thread at a time may change it. Existing files are refused unless {@link #replacing} is asked for.
 */
public final class AuthorityDirectory {
    private final AuthorityFiles files;
    private final CertificateAuthority authority;
    private final WriteMode mode;
    private final Duration crlLife;

    private AuthorityDirectory(AuthorityFiles files, CertificateAuthority authority, WriteMode mode, Duration crlLife) {
        this.files = files;
        this.authority = authority;
        this.mode = mode;
        this.crlLife = crlLife;
    }

    /** Makes a new root in {@code directory}, which is created if missing, with an empty CRL. */
    public static AuthorityDirectory init(Path directory, CertificateSpec spec, InstantSource clock, WriteMode mode) {
        return save(directory, CertificateAuthority.root(spec, clock), mode);
    }

    /** Gives {@code authority} a directory, with an empty ledger and an empty CRL. */
    public static AuthorityDirectory save(Path directory, CertificateAuthority authority, WriteMode mode) {
        AuthorityFiles files = new AuthorityFiles(directory);
        files.createDirectory();
        AuthorityDirectory saved =
                new AuthorityDirectory(files, authority, WriteMode.CREATE, CertificateAuthority.CRL_LIFE);
        return FileMutex.holding(files.lock(), () -> {
            files.save(authority, mode);
            saved.publishCrl(Ledger.EMPTY);
            return saved;
        });
    }

    /** Opens what {@link #init} or {@link #save} made, here or in another process. */
    public static AuthorityDirectory open(Path directory, InstantSource clock) {
        AuthorityFiles files = new AuthorityFiles(directory);
        CertificateAuthority authority = files.load(clock);
        return new AuthorityDirectory(files, authority, WriteMode.CREATE, CertificateAuthority.CRL_LIFE);
    }

    /** The same directory, issuing over certificate files that exist. */
    public AuthorityDirectory replacing() {
        return new AuthorityDirectory(files, authority, WriteMode.REPLACE, crlLife);
    }

    /** The same directory, its CRLs to be replaced (nextUpdate) {@code life} after they are signed. */
    public AuthorityDirectory withCrlLife(Duration life) {
        return new AuthorityDirectory(files, authority, mode, life);
    }

    /** Issues {@code name.pem} and {@code name.key} for a server. */
    public IssuedFiles issueServer(String name, List<SubjectAltName> names) {
        return issue(name, CertificateSpec.server(name).withNames(names));
    }

    /** Issues {@code name.pem} and {@code name.key} for a client. */
    public IssuedFiles issueClient(String name, String commonName, List<SubjectAltName> names) {
        return issue(name, CertificateSpec.client(commonName).withNames(names));
    }

    /** Issues {@code name.pem} and {@code name.key}; the ledger knows the certificate before the files do. */
    public IssuedFiles issue(String name, CertificateSpec spec) {
        Path chain = files.issued(name, "pem");
        Path key = files.issued(name, "key");
        return FileMutex.holding(files.lock(), () -> {
            AtomicFile.requireWritable(chain, mode);
            AtomicFile.requireWritable(key, mode);
            IssuedCertificate issued = authority.issue(spec);
            record(issued.certificate());
            issued.writeKey(key, mode);
            issued.writeChain(chain, mode);
            return new IssuedFiles(name, issued, chain, key);
        });
    }

    /** Issues an intermediate authority with a directory of its own. */
    public AuthorityDirectory issueAuthority(Path directory, CertificateSpec spec) {
        CertificateAuthority intermediate = FileMutex.holding(files.lock(), () -> {
            CertificateAuthority issued = authority.issueAuthority(spec);
            record(issued.certificate());
            return issued;
        });
        return save(directory, intermediate, mode);
    }

    /** Puts an issued certificate and its key into a key store beside its PEM files. */
    public Path writeKeyStore(IssuedFiles issued, KeyStoreFormat format, char[] password) {
        Path file = files.issued(issued.name(), format.extension());
        return FileMutex.holding(files.lock(), () -> {
            issued.issued().writeKeyStore(file, format, issued.name(), password, mode);
            return file;
        });
    }

    /** Revokes a certificate from the ledger and publishes the new CRL. */
    public X509CRL revoke(BigInteger serial, RevocationReason reason) {
        return FileMutex.holding(files.lock(), () -> revoke(readLedger(), serial, reason));
    }

    /** Revokes the first certificate in a PEM or DER file and publishes the new CRL. */
    public X509CRL revoke(Path certificateFile, RevocationReason reason) {
        X509Certificate certificate = PemReader.certificates(certificateFile).get(0);
        requireIssuedHere(certificateFile, certificate);
        return FileMutex.holding(files.lock(), () -> {
            // The signature proves where it came from, so a ledger that lost the certificate is no obstacle.
            Ledger ledger = readLedger();
            boolean known = ledger.find(certificate.getSerialNumber()).isPresent();
            Ledger complete = known ? ledger : ledger.adding(LedgerEntry.of(certificate));
            return revoke(complete, certificate.getSerialNumber(), reason);
        });
    }

    /** Publishes the revocations anew, with a later nextUpdate and the next number. */
    public X509CRL refreshCrl() {
        return FileMutex.holding(files.lock(), () -> publishCrl(readLedger()));
    }

    /** Every certificate this authority has issued, oldest first. */
    public List<LedgerEntry> issued() {
        return readLedger().entries();
    }

    public CertificateAuthority authority() {
        return authority;
    }

    /** {@code ca.pem}: this authority's own certificate; for a root, what others put into their trust stores. */
    public Path certificateFile() {
        return files.certificate();
    }

    /** {@code ca.crl}: the latest CRL as PEM; the same as DER stands beside it in {@code ca.crl.der}. */
    public Path crlFile() {
        return files.crl();
    }

    private void record(X509Certificate certificate) {
        LedgerFile.write(files.ledger(), readLedger().adding(LedgerEntry.of(certificate)));
    }

    private X509CRL revoke(Ledger ledger, BigInteger serial, RevocationReason reason) {
        return publishCrl(ledger.revoking(new Revocation(serial, authority.now(), reason)));
    }

    /** The ledger first: if the program stops in between, revoking again publishes what is already decided. */
    private X509CRL publishCrl(Ledger ledger) {
        Ledger counted = ledger.countingCrl();
        LedgerFile.write(files.ledger(), counted);
        X509CRL crl = authority.sign(counted.revocations(), new Validity.Relative(Duration.ZERO, crlLife));
        files.saveCrl(crl);
        return crl;
    }

    private Ledger readLedger() {
        return LedgerFile.read(files.ledger());
    }

    private void requireIssuedHere(Path file, X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertsException("certificate: " + file + " (expected: one issued by " + authority + ")", e);
        }
    }

    @Override
    public String toString() {
        return "AuthorityDirectory[" + files.directory() + "]";
    }
}
