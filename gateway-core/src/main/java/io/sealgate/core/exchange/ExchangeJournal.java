package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.AnswerEdit;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.ExchangeReport.Outcome;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.TapResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in one exchange, for {@link ExchangeReport}. Confined to the exchange's event loop. */
final class ExchangeJournal {

    private final ConnectionContext connection;
    private final RequestHead head;
    private final String protocol;
    private final Instant started;
    private final long startedNanos;
    private @Nullable Plan plan;
    private @Nullable String origin;
    private @Nullable AnswerEdit edit;
    private @Nullable String originRequestId;
    private int status;
    private long ownBytes;
    private Outcome outcome = Outcome.ABORTED;
    private @Nullable GatewayError error;

    /** Begins when the round of the event loop did in which the request came: that it had to wait for its turn counts. */
    ExchangeJournal(ConnectionContext connection, RequestHead head, String protocol, LoopClock clock) {
        this.connection = connection;
        this.head = head;
        this.protocol = protocol;
        started = clock.instant();
        startedNanos = clock.nanoTime();
    }

    void planned(Plan newPlan) {
        plan = newPlan;
        if (newPlan instanceof Plan.Forward forward) {
            origin = forward.request().origin().name();
            edit = forward.edit();
        }
    }

    void originAnswered(int originStatus, HttpHeaders headers) {
        status = originStatus;
        originRequestId = headers.get("x-cos-request-id");
    }

    /** The gateway answers itself, with a body of {@code bytes}. */
    void answered(int ownStatus, long bytes) {
        status = ownStatus;
        ownBytes = bytes;
    }

    void ends(Outcome newOutcome, @Nullable GatewayError newError) {
        outcome = newOutcome;
        error = newError;
    }

    /** @param originBytes body bytes of the origin's answer that the client was passed */
    ExchangeReport report(
            long requestBytes,
            long originBytes,
            List<TapResult> uploadChecks,
            List<TapResult> downloadChecks,
            List<Recovery> recoveries,
            @Nullable CorruptVersion corruptVersion) {
        return new ExchangeReport(
                connection,
                head.id(),
                started,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                protocol,
                head.method().name(),
                head.path(),
                head.authority(),
                head.headers().get(HttpHeaderNames.USER_AGENT),
                plan == null || plan.route() == null ? null : plan.route().name(),
                plan == null ? null : plan.operation(),
                origin,
                status,
                requestBytes,
                ownBytes + originBytes,
                outcome,
                error,
                originRequestId,
                uploadChecks,
                downloadChecks,
                recoveries,
                edit == null ? null : edit.chosenKey(),
                edit == null ? 0 : edit.deniedKeys(),
                corruptVersion);
    }
}
