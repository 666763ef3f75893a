package io.sealgate.tls.ocsp;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairCache;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a responder has called revoked, until they end. A revocation is final (RFC 5280 §5.3.1), so
 * nothing takes one back: not the end of the response, not a responder that cannot be reached, not {@code soft}. Only
 * one that was said to be on hold ends when a response that was made later says good. When it is full, those go that
 * have ended, and then those of the issuer that has most which nobody has asked about for longest. Thread-safe.
 *
 * <p>A certificate is known by its issuer's key and its serial number, for its bytes are not its own: whoever holds
 * one signed by ECDSA can write the signature in another way that is as good.
 */
public final class RevokedCertificates {

    /** Some 20 MB. */
    private static final int MAX_ENTRIES = 100_000;

    private final int capacity;
    private final FairCache<Key, Entry> entries;
    private final AtomicLong learnt = new AtomicLong();

    /** 128 bits of the SHA-256 of the issuer's key and the serial number. */
    private record Key(long high, long low) {}

    /**
     * What was said.
     *
     * @param notAfter of the certificate, seconds since the epoch
     * @param heldAt   when the response was made that said it is on hold, or null if it is revoked for good
     */
    private record Entry(long notAfter, @Nullable Instant heldAt) {}

    /** Of none yet. */
    public RevokedCertificates() {
        this(MAX_ENTRIES);
    }

    /** @param capacity certificates of all issuers */
    RevokedCertificates(int capacity) {
        this.capacity = capacity;
        entries = new FairCache<>(capacity);
    }

    /** Whether a certificate is revoked for good, so that nobody needs to be asked again. */
    boolean isFinal(X509Certificate certificate, X509Certificate issuer) {
        Entry entry = find(certificate, issuer);
        return entry != null && entry.heldAt() == null;
    }

    /** Whether a certificate is revoked, as far as is known. */
    boolean contains(X509Certificate certificate, X509Certificate issuer) {
        return find(certificate, issuer) != null;
    }

    /** How often a certificate was added that was not known to be revoked. */
    long learnt() {
        return learnt.get();
    }

    private @Nullable Entry find(X509Certificate certificate, X509Certificate issuer) {
        return entries.size() == 0 ? null : entries.get(key(certificate, issuer));
    }

    /** Takes note of a response, and returns whether the certificate is revoked after it. */
    synchronized boolean learn(X509Certificate certificate, X509Certificate issuer, OcspAnswer answer, Instant now) {
        Key key = key(certificate, issuer);
        Entry before = entries.get(key);
        if (answer.isRevoked()) {
            boolean isFinal = !answer.isOnHold() || (before != null && before.heldAt() == null);
            if (before == null && entries.size() >= capacity) {
                entries.removeIf(entry -> entry.notAfter() < now.getEpochSecond());
            }
            if (before == null) {
                learnt.incrementAndGet();
            }
            long notAfter = certificate.getNotAfter().toInstant().getEpochSecond();
            entries.put(owner(issuer), key, new Entry(notAfter, isFinal ? null : heldAt(before, answer)));
            return true;
        }
        if (before != null && before.heldAt() != null && answer.madeAt().isAfter(before.heldAt())) {
            entries.remove(key);
            return false;
        }
        return before != null;
    }

    /** The latest there was: an older response that is sent once more must not make way for an older good one. */
    private static Instant heldAt(@Nullable Entry before, OcspAnswer answer) {
        Instant known = before == null ? null : before.heldAt();
        return known != null && known.isAfter(answer.madeAt()) ? known : answer.madeAt();
    }

    /** A CA that revokes without end, through a responder of its own, pushes out nothing of others. */
    private static ClientKey owner(X509Certificate issuer) {
        return ClientKey.issuer(issuer.getPublicKey());
    }

    private static Key key(X509Certificate certificate, X509Certificate issuer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getPublicKey().getEncoded());
            byte[] hash = digest.digest(certificate.getSerialNumber().toByteArray());
            return new Key(number(hash, 0), number(hash, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: none (expected: in every JDK)", e);
        }
    }

    private static long number(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes).getLong(from);
    }
}
