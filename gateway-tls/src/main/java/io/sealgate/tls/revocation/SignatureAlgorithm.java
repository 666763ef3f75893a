package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.DerInput.OBJECT_IDENTIFIER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AlgorithmIdentifier}. Immutable.
 */
final class SignatureAlgorithm {

    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final int LARGEST = 1024;

    private final String oid;
    private final byte @Nullable [] parameters;

    private SignatureAlgorithm(String oid, byte @Nullable [] parameters) {
        this.oid = oid;
        this.parameters = parameters;
    }

    /** Reads the content of the sequence. */
    static SignatureAlgorithm of(byte[] content) throws IOException {
        DerInput in = new DerInput(new ByteArrayInputStream(content), LARGEST);
        in.header(OBJECT_IDENTIFIER, content.length, "an algorithm's id");
        String oid;
        try {
            oid = ASN1ObjectIdentifier.fromContents(in.value(LARGEST)).getId();
        } catch (IllegalArgumentException e) {
            throw new CrlException("signature algorithm: malformed (expected: an object identifier)", e);
        }
        int rest = content.length - (int) in.position();
        if (rest == 0) {
            return new SignatureAlgorithm(oid, null);
        }
        byte[] parameters = new byte[rest];
        in.octets(parameters, 0, rest);
        return new SignatureAlgorithm(oid, parameters);
    }

    String oid() {
        return oid;
    }

    /** What is weak about it, by the measure of {@code strength}. */
    Optional<String> weakness(SignatureStrength strength) {
        return strength.weakness(oid, parameters);
    }

    /** A signature of the JDK's that has yet to be given its key. */
    Signature open() throws GeneralSecurityException, IOException {
        if (!oid.equals(PSS)) {
            return Signature.getInstance(oid);
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
        pss.init(parameters);
        signature.setParameter(pss.getParameterSpec(PSSParameterSpec.class));
        return signature;
    }
}
