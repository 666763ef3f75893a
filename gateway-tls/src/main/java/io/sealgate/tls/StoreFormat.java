package io.sealgate.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The kinds of key store, told apart by their first bytes: file names lie. */
enum StoreFormat {
    PKCS12,
    JKS,
    /** Bouncy Castle's own, which COS's Android SDK wants. */
    BKS;

    private static final int JKS_MAGIC = 0xFEEDFEED;
    private static final int DER_SEQUENCE = 0x30;

    /** The format of a store, if it is one of ours. */
    static Optional<StoreFormat> of(byte[] store) {
        if (store.length < Integer.BYTES) {
            return Optional.empty();
        }
        int start = ByteBuffer.wrap(store).getInt();
        if (start == JKS_MAGIC) {
            return Optional.of(JKS);
        }
        // A BKS store begins with its version, 1 or 2, as a big-endian int.
        if (start == 1 || start == 2) {
            return Optional.of(BKS);
        }
        return start >>> 24 == DER_SEQUENCE ? Optional.of(PKCS12) : Optional.empty();
    }

    /** An empty key store of this format. */
    KeyStore open() throws GeneralSecurityException {
        // An instance of our own: the JVM-wide provider list is not ours to change.
        return this == BKS ? KeyStore.getInstance("BKS", new BouncyCastleProvider()) : KeyStore.getInstance(name());
    }
}
