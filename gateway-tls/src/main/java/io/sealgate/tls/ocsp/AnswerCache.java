package io.sealgate.tls.ocsp;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairCache;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers for as long as they hold, and failures for some seconds, by the SHA-256 of the certificate, with a share for
 * each client. A question that is under way is not asked again. Thread-safe.
 */
final class AnswerCache {

    private static final int MAX_ENTRIES = 10_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final FairCache<ByteBuffer, Kept> entries;

    private record Kept(CompletableFuture<OcspAnswer> answer, Instant failedUntil) {

        boolean isOver(Instant now) {
            if (!answer.isDone()) {
                return false;
            }
            return answer.isCompletedExceptionally()
                    ? now.isAfter(failedUntil)
                    : now.isAfter(answer.join().until());
        }
    }

    AnswerCache(InstantSource clock) {
        this(clock, MAX_ENTRIES);
    }

    /** @param capacity answers of all clients */
    AnswerCache(InstantSource clock, int capacity) {
        this.clock = clock;
        entries = new FairCache<>(capacity);
    }

    /** What is known or under way, or else what {@code question} gives, which is kept on account of {@code owner}. */
    CompletableFuture<OcspAnswer> get(
            ClientKey owner, X509Certificate certificate, Supplier<CompletableFuture<OcspAnswer>> question) {
        ByteBuffer key = key(certificate);
        Instant now = clock.instant();
        CompletableFuture<OcspAnswer> asked = new CompletableFuture<>();
        synchronized (entries) {
            Kept known = entries.get(key);
            if (known != null && !known.isOver(now)) {
                return known.answer();
            }
            entries.put(owner, key, new Kept(asked, now.plus(AFTER_FAILURE)));
        }
        // Not while the lock is held: whoever answers at once would do so under it.
        question.get().whenComplete((answer, failure) -> {
            if (failure == null) {
                asked.complete(answer);
            } else {
                asked.completeExceptionally(failure);
            }
        });
        return asked;
    }

    private static ByteBuffer key(X509Certificate certificate) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))
                    .asReadOnlyBuffer();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificate: without an encoding (expected: one that was verified)", e);
        }
    }
}
