package io.sealgate.certs;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;

/**
 * Writes PKCS#12 (RFC 7292) with a chosen encryption. The JDK's key store writes it too, but lets only JVM-wide
 * properties choose how certificates are encrypted and authenticated.
 */
final class Pkcs12Encoder {
    private Pkcs12Encoder() {}

    static byte[] encode(IssuedCertificate issued, String alias, char[] password, PasswordEncryption encryption)
            throws IOException, NoSuchAlgorithmException {
        // Readers pair the key with its certificate by equal local key identifiers.
        SubjectKeyIdentifier keyId = new JcaX509ExtensionUtils()
                .createSubjectKeyIdentifier(issued.certificate().getPublicKey());
        PKCS12SafeBag keyBag = named(
                        new JcaPKCS12SafeBagBuilder(issued.privateKey(), encryption.encryptor(password)), alias, keyId)
                .build();
        try {
            return new PKCS12PfxPduBuilder()
                    .addEncryptedData(encryption.encryptor(password), certificateBags(issued, alias, keyId))
                    .addData(keyBag)
                    .build(encryption.mac(), password)
                    .getEncoded();
        } catch (PKCSException e) {
            throw new IOException("PKCS#12", e);
        }
    }

    private static PKCS12SafeBag[] certificateBags(IssuedCertificate issued, String alias, SubjectKeyIdentifier keyId)
            throws IOException {
        List<PKCS12SafeBag> bags = new ArrayList<>();
        bags.add(named(new JcaPKCS12SafeBagBuilder(issued.certificate()), alias, keyId)
                .build());
        for (X509Certificate issuer : issued.chain().subList(1, issued.chain().size())) {
            bags.add(new JcaPKCS12SafeBagBuilder(issuer).build());
        }
        return bags.toArray(PKCS12SafeBag[]::new);
    }

    private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag, String alias, SubjectKeyIdentifier keyId) {
        return bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias))
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, keyId);
    }
}
