package io.sealgate.certs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Writes CRLs of a size that a tree of objects is no good for, by putting the octets of their entries one after the other. All
 * entries have one date and the reason {@code superseded}.
 */
public final class LargeCrl {

    private static final byte[] SUPERSEDED = {
        0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 1, 4
    };
    private static final int PEM_LINE = 64;

    private final CertificateAuthority authority;
    private final Instant thisUpdate;

    private LargeCrl(CertificateAuthority authority, Instant thisUpdate) {
        this.authority = authority;
        this.thisUpdate = thisUpdate;
    }

    /** Writes {@code file} in DER. The list is made now and holds for {@link CertificateAuthority#CRL_LIFE}. */
    public static void write(CertificateAuthority authority, Iterator<BigInteger> serials, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            new LargeCrl(authority, authority.now()).write(serials, out);
        } catch (IOException | GeneralSecurityException e) {
            throw new CertsException("CRL: " + file + " (expected: a file that can be written)", e);
        }
    }

    /** Writes what is in {@code der} to {@code pem}. */
    public static void toPem(Path der, Path pem) {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
        try (OutputStream out = Files.newOutputStream(pem)) {
            out.write("-----BEGIN X509 CRL-----\n".getBytes(StandardCharsets.US_ASCII));
            out.write(encoder.encode(Files.readAllBytes(der)));
            out.write("\n-----END X509 CRL-----\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new CertsException("CRL: " + pem + " (expected: a file that can be written)", e);
        }
    }

    private void write(Iterator<BigInteger> serials, OutputStream out) throws IOException, GeneralSecurityException {
        String name = KeyAlgorithm.signatureOf(authority.privateKey());
        AlgorithmIdentifier algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find(name);
        byte[] head = head(algorithm);
        byte[] entries = entries(serials);
        byte[] entriesHeader = header(entries.length);
        byte[] header = header(head.length + entriesHeader.length + entries.length);

        Signature signature = Signature.getInstance(name);
        signature.initSign(authority.privateKey());
        for (byte[] part : List.of(header, head, entriesHeader, entries)) {
            signature.update(part);
        }
        byte[] tail = concat(algorithm, new DERBitString(signature.sign()));
        int length = header.length + head.length + entriesHeader.length + entries.length + tail.length;
        for (byte[] part : List.of(header(length), header, head, entriesHeader, entries, tail)) {
            out.write(part);
        }
    }

    private byte[] head(AlgorithmIdentifier algorithm) throws IOException {
        return concat(
                new ASN1Integer(1),
                algorithm,
                DistinguishedNames.encode(authority.certificate().getSubjectX500Principal()),
                new Time(Date.from(thisUpdate)),
                new Time(Date.from(thisUpdate.plus(CertificateAuthority.CRL_LIFE))));
    }

    private byte[] entries(Iterator<BigInteger> serials) throws IOException {
        byte[] date = new Time(Date.from(thisUpdate)).getEncoded();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (serials.hasNext()) {
            byte[] serial = new ASN1Integer(serials.next()).getEncoded();
            out.writeBytes(header(serial.length + date.length + SUPERSEDED.length));
            out.writeBytes(serial);
            out.writeBytes(date);
            out.writeBytes(SUPERSEDED);
        }
        return out.toByteArray();
    }

    /** The header of a sequence. */
    private static byte[] header(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(BERTags.SEQUENCE | BERTags.CONSTRUCTED);
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        if (length >= 0x80) {
            out.write(0x80 | octets);
        }
        for (int i = Math.max(octets, 1) - 1; i >= 0; i--) {
            out.write(length >>> (8 * i));
        }
        return out.toByteArray();
    }

    private static byte[] concat(ASN1Encodable... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ASN1Encodable part : parts) {
            out.writeBytes(part.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        }
        return out.toByteArray();
    }
}
