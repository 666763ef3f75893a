package io.sealgate.tls;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes certificates, and above all wrong ones. Mutable; for one thread. */
final class CertificateRecipe {

    @SuppressWarnings("TimeInStaticInitializer") // one moment that all certificates of a run are made relative to
    static final Instant NOW = Instant.now();

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final AtomicLong SERIALS = new AtomicLong(0x1000);

    private final List<Extension> extensions = new ArrayList<>();
    private X500Name subject;
    private KeyPair keys = ec("secp256r1");
    private Instant notBefore = NOW.minus(Duration.ofDays(1));
    private Instant notAfter = NOW.plus(Duration.ofDays(30));
    private String signature = "SHA256withECDSA";
    private BigInteger serial = BigInteger.valueOf(SERIALS.incrementAndGet());
    private @Nullable X500Name issuer;
    private @Nullable UnaryOperator<List<ASN1Encodable>> surgery;

    private CertificateRecipe(X500Name subject) {
        this.subject = subject;
    }

    /** A bare certificate without extensions. */
    static CertificateRecipe plain(String commonName) {
        return new CertificateRecipe(new X500Name("CN=" + commonName));
    }

    static CertificateRecipe client(String commonName) {
        return plain(commonName).usage(KeyUsage.digitalSignature).purposes(KeyPurposeId.id_kp_clientAuth);
    }

    static CertificateRecipe server(String... dnsNames) {
        return plain(dnsNames[0]).purposes(KeyPurposeId.id_kp_serverAuth).dnsNames(dnsNames);
    }

    static CertificateRecipe authority(String commonName) {
        return plain(commonName)
                .extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    static Issued root(String commonName) {
        return authority(commonName).selfSigned();
    }

    CertificateRecipe subject(String name) {
        subject = new X500Name(name);
        return this;
    }

    CertificateRecipe valid(Instant from, Instant until) {
        notBefore = from;
        notAfter = until;
        return this;
    }

    CertificateRecipe expired() {
        return valid(NOW.minus(Duration.ofDays(20)), NOW.minus(Duration.ofDays(10)));
    }

    CertificateRecipe notYetValid() {
        return valid(NOW.plus(Duration.ofDays(10)), NOW.plus(Duration.ofDays(20)));
    }

    CertificateRecipe keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /** The algorithm that the issuer signs with. */
    CertificateRecipe signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    CertificateRecipe usage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    CertificateRecipe purposes(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    CertificateRecipe pathLength(int length) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(length));
    }

    CertificateRecipe dnsNames(String... names) {
        GeneralName[] general = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            general[i] = new GeneralName(GeneralName.dNSName, names[i]);
        }
        return names(general);
    }

    CertificateRecipe names(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    CertificateRecipe serial(BigInteger number) {
        serial = number;
        return this;
    }

    /** The issuer's name to claim, whoever signs. */
    CertificateRecipe issuer(String name) {
        issuer = new X500Name(name);
        return this;
    }

    /**
     * Changes the fields of the certificate before they are signed, so that it can be what no library would make.
     */
    CertificateRecipe surgery(UnaryOperator<List<ASN1Encodable>> change) {
        surgery = change;
        return this;
    }

    CertificateRecipe without(ASN1ObjectIdentifier oid) {
        extensions.removeIf(extension -> extension.getExtnId().equals(oid));
        return this;
    }

    /** Sets an extension, replacing the one there is. */
    CertificateRecipe extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            return extension(oid, critical, value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sets an extension to any bytes at all. */
    CertificateRecipe extension(ASN1ObjectIdentifier oid, boolean critical, byte[] value) {
        extensions.removeIf(extension -> extension.getExtnId().equals(oid));
        extensions.add(new Extension(oid, critical, value));
        return this;
    }

    Issued selfSigned() {
        return new Issued(keys.getPrivate(), List.of(sign(subject, keys.getPrivate())));
    }

    Issued signedBy(Issued authority) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(subjectOf(authority.certificate()), authority.key()));
        if (!isSelfSigned(authority.certificate())) {
            chain.addAll(authority.chain());
        }
        return new Issued(keys.getPrivate(), List.copyOf(chain));
    }

    /** By Bouncy Castle, because the JDK does not read every certificate that is made here. */
    private static X500Name subjectOf(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(certificate.getEncoded()).getSubject();
        } catch (CertificateException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return !(certificate instanceof LazyX509Certificate) && Certificates.isSelfSigned(certificate);
    }

    private X509Certificate sign(X500Name signer, PrivateKey key) {
        try {
            X500Name claimed = issuer == null ? signer : issuer;
            boolean isNameless = claimed.size() == 0;
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    // Bouncy Castle insists on a name
                    isNameless ? new X500Name("CN=replaced") : claimed,
                    serial,
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    keys.getPublic());
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            ContentSigner pen = new JcaContentSignerBuilder(signature)
                    .setProvider(BOUNCY_CASTLE)
                    .build(key);
            X509CertificateHolder made = builder.build(pen);
            if (isNameless) {
                surgery(fields -> {
                    fields.set(3, claimed);
                    return fields;
                });
            }
            return parsed(surgery == null ? made.getEncoded() : operate(made, pen, surgery));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Not at once, if the JDK cannot read it: that is for the code under test to find out. */
    private static X509Certificate parsed(byte[] der) {
        try {
            return Certificates.parse(der);
        } catch (CertificateException e) {
            return new LazyX509Certificate(der);
        }
    }

    private static byte[] operate(
            X509CertificateHolder made, ContentSigner pen, UnaryOperator<List<ASN1Encodable>> change)
            throws IOException {
        ASN1Sequence fields = ASN1Sequence.getInstance(
                made.toASN1Structure().getTBSCertificate().getEncoded());
        List<ASN1Encodable> changed = change.apply(new ArrayList<>(List.of(fields.toArray())));
        byte[] signed = new DERSequence(changed.toArray(ASN1Encodable[]::new)).getEncoded();
        pen.getOutputStream().write(signed);
        return new DERSequence(new ASN1Encodable[] {
                    ASN1Primitive.fromByteArray(signed),
                    pen.getAlgorithmIdentifier(),
                    new DERBitString(pen.getSignature())
                })
                .getEncoded();
    }

    /** By the JDK, which has the parameters ready. */
    static KeyPair dsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA", "SUN");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair rsa(int bits) {
        return generate("RSA", generator -> generator.initialize(bits));
    }

    static KeyPair ec(String curve) {
        return generate("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    static KeyPair ed25519() {
        return generate("Ed25519", generator -> {});
    }

    static KeyPair ed448() {
        return generate("Ed448", generator -> {});
    }

    private static KeyPair generate(String algorithm, Setup setup) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
            setup.apply(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private interface Setup {
        void apply(KeyPairGenerator generator) throws GeneralSecurityException;
    }
}
