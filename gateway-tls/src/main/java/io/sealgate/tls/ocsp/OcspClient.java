package io.sealgate.tls.ocsp;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import io.sealgate.tls.fetch.Fetched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks responders, each question once at a time, and remembers what they said. Thread-safe. */
final class OcspClient {

    private static final int NONCE = 32; // RFC 9654 §2.1

    private final String listener;
    private final OcspConfig config;
    private final Door door;
    private final Executor workers;
    private final OcspReader reader;
    private final AnswerCache answers;
    private final RevokedCertificates revoked;
    private final InstantSource clock;
    private final RevocationListener events;
    private final SecureRandom random = new SecureRandom();

    OcspClient(String listener, OcspConfig config, Door door, OcspReader reader, InstantSource clock, Outside outside) {
        this.listener = listener;
        this.config = config;
        this.door = door;
        this.workers = outside.threads().workers();
        this.reader = reader;
        this.answers = new AnswerCache(clock);
        this.clock = clock;
        this.events = outside.events();
        this.revoked = outside.revoked();
    }

    /** What is known without asking. */
    RevokedCertificates revoked() {
        return revoked;
    }

    /** The answer, from memory or from the responder. Does not block. Fails only with a {@link FetchException}. */
    CompletableFuture<OcspAnswer> ask(ClientKey owner, X509Certificate certificate, X509Certificate issuer) {
        return answers.get(owner, certificate, () -> inquire(owner, certificate, issuer));
    }

    private CompletableFuture<OcspAnswer> inquire(
            ClientKey owner, X509Certificate certificate, X509Certificate issuer) {
        byte[] nonce = new byte[config.nonce() == OcspConfig.Nonce.NONE ? 0 : NONCE];
        random.nextBytes(nonce);
        OcspQuestion question = new OcspQuestion(certificate, issuer, ByteBuffer.wrap(nonce));
        try {
            FetchTarget target = door.admit(url(certificate));
            return door.post(owner, target, "application/ocsp-request", question.encode())
                    .thenApplyAsync(fetched -> read(target, fetched, question), workers)
                    .whenComplete((answer, failure) -> tell(target, answer, failure));
        } catch (FetchException e) {
            events.fetched(listener, Kind.OCSP, e.outcome(), String.valueOf(e.getMessage()));
            return CompletableFuture.failedFuture(e);
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the question must not remain under way for ever.
            return CompletableFuture.failedFuture(new FetchException(Outcome.MALFORMED, "question: not asked: " + e));
        }
    }

    private String url(X509Certificate certificate) throws FetchException {
        return config.responder() != null ? config.responder() : ResponderUrl.of(certificate);
    }

    private OcspAnswer read(FetchTarget target, Fetched fetched, OcspQuestion question) {
        try {
            Instant now = clock.instant();
            OcspAnswer answer = reader.read(fetched.stream().readAllBytes(), question, now);
            boolean isRevoked = revoked.learn(question.certificate(), question.issuer(), answer, now);
            if (isRevoked && !answer.isRevoked()) {
                throw new FetchException(Outcome.OLDER, "response: good, from before the certificate was revoked");
            }
            return answer;
        } catch (FetchException e) {
            throw new CompletionException(new FetchException(e.outcome(), target + ": " + e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    private void tell(FetchTarget target, @Nullable OcspAnswer answer, @Nullable Throwable failure) {
        if (failure == null || answer != null) {
            events.fetched(
                    listener, Kind.OCSP, Outcome.FETCHED, target + (answer == null ? "" : ": " + answer.detail()));
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Outcome outcome = cause instanceof FetchException known ? known.outcome() : Outcome.BUSY;
        events.fetched(listener, Kind.OCSP, outcome, String.valueOf(cause.getMessage()));
    }
}
