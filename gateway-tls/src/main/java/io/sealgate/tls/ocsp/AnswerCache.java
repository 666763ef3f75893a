package io.sealgate.tls.ocsp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers for as long as they hold, and failures for some seconds, by the SHA-256 of the certificate; those that were not asked for the
 * longest time give way. A question that is under way is not asked again. Thread-safe.
 */
final class AnswerCache {

    private static final int MOST = 10_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<ByteBuffer, Kept> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Kept> eldest) {
            return size() > MOST;
        }
    };

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
        this.clock = clock;
    }

    /** What is known or under way, or else what {@code question} gives. */
    CompletableFuture<OcspAnswer> get(X509Certificate certificate, Supplier<CompletableFuture<OcspAnswer>> question) {
        ByteBuffer key = key(certificate);
        Instant now = clock.instant();
        CompletableFuture<OcspAnswer> asked = new CompletableFuture<>();
        synchronized (entries) {
            Kept known = entries.get(key);
            if (known != null && !known.isOver(now)) {
                return known.answer();
            }
            entries.put(key, new Kept(asked, now.plus(AFTER_FAILURE)));
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

    /** The answer that is known and holds, if there is one. */
    Optional<OcspAnswer> find(X509Certificate certificate) {
        synchronized (entries) {
            Kept known = entries.get(key(certificate));
            return known == null
                            || !known.answer().isDone()
                            || known.answer().isCompletedExceptionally()
                            || known.isOver(clock.instant())
                    ? Optional.empty()
                    : Optional.of(known.answer().join());
        }
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
