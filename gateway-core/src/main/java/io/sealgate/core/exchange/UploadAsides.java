package io.sealgate.core.exchange;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.config.IntegrityConfig.OnCorruptStore;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.error.GatewayError.Unreachable;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.planning.OriginQuestion;
import io.sealgate.core.planning.PartsQuestion;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.planning.SourceQuestion;
import io.sealgate.core.request.Judged;
import io.sealgate.core.rewrite.TargetEncoder;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.Recovery.Kind;
import io.sealgate.core.spi.Recovery.Outcome;
import io.sealgate.core.upstream.UpstreamPool;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks of an origin for the sake of an upload: what there was before, what has come of it, and to
 * take back what is corrupt. One thing at a time, for a bounded time. Without an answer the upload goes on, except
 * where nothing may be overwritten, or where an object has a limit and it is not known what it is made of. Only where
 * the gateway signs. Confined to the exchange's event loop.
 */
final class UploadAsides {

    /** Nobody's upload is held up for longer by a question of the gateway's own, all pages of a list included. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String VERSION_ID = "x-cos-version-id";
    private static final String UNVERSIONED = "null";

    private final Plan.Forward plan;
    private final UpstreamRequest request;
    private final UploadVerdict upload;
    private final UpstreamPool pool;
    private final ExchangeLoad load;
    private final Deadlines deadlines;
    private final List<Recovery> made = new ArrayList<>(0);
    private @Nullable Aside current;
    private @Nullable CorruptVersion corruptVersion;
    private @Nullable UpstreamRequest matched;

    UploadAsides(Plan.Forward plan, UploadVerdict upload, UpstreamPool pool, ExchangeLoad load, Deadlines deadlines) {
        this.plan = plan;
        this.request = plan.request();
        this.upload = upload;
        this.pool = pool;
        this.load = load;
        this.deadlines = deadlines;
    }

    /**
     * Asks the origin what must be known before the upload, then runs {@code then}. Runs {@code refuse} instead if the
     * object must not be there and is, or may be, or if it would become too large.
     */
    void look(Consumer<GatewayError> refuse, Runnable then) {
        lookAtObject(refuse, () -> {
            if (plan.question() instanceof PartsQuestion parts) {
                list(parts, refuse, then);
            } else if (plan.question() instanceof SourceQuestion source) {
                lookAtSource(source, refuse, then);
            } else {
                then.run();
            }
        });
    }

    private void lookAtSource(SourceQuestion source, Consumer<GatewayError> refuse, Runnable then) {
        String target = TargetEncoder.target(source.key(), source.query());
        head(request.headOfSource(source.key(), target, source.query()), answer -> {
            Judged<String> etag = source.judge(answer);
            if (etag instanceof Judged.Good<String> good) {
                matched = request.withSourceMatch(good.value());
                then.run();
            } else if (etag instanceof Judged.Bad<String> bad) {
                refuse.accept(bad.error());
            }
        });
    }

    /** The plan's request with a condition on the source that was seen, or {@code null} if there is none. */
    @Nullable
    UpstreamRequest matched() {
        return matched;
    }

    private void list(PartsQuestion parts, Consumer<GatewayError> refuse, Runnable then) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        PartsAside.Asker asker = (marker, tap, listener) -> {
            List<QueryParameter> query = parts.query(marker);
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            ask(own(CosOperation.LIST_PARTS, HttpMethod.GET, query, EmptyHttpHeaders.INSTANCE), tap, left, listener);
        };
        new PartsAside(parts, load, asker, this::giveUp, (error, isTold) -> {
                    made.add(new Recovery(Kind.LIST_PARTS, isTold ? Outcome.SUCCEEDED : Outcome.FAILED));
                    if (error == null) {
                        then.run();
                    } else {
                        refuse.accept(error);
                    }
                })
                .begin();
    }

    private void lookAtObject(Consumer<GatewayError> refuse, Runnable then) {
        if (UploadRules.asksFirst(plan.route().config().uploads(), plan.operation())) {
            head(answer -> {
                GatewayError error = ifThere(answer);
                if (error == null) {
                    then.run();
                } else {
                    refuse.accept(error);
                }
            });
        } else if (request.origin().signs() && upload.wantsHead()) {
            head(answer -> {
                upload.learned(answer);
                then.run();
            });
        } else {
            then.run();
        }
    }

    private void head(Aside.Listener listener) {
        head(own(CosOperation.HEAD_OBJECT, HttpMethod.HEAD, List.of(), EmptyHttpHeaders.INSTANCE), listener);
    }

    private void head(UpstreamRequest asked, Aside.Listener listener) {
        ask(asked, null, answer -> {
            boolean isTold = answer != null && (isThere(answer) || isAbsent(answer));
            made.add(new Recovery(Kind.HEAD, isTold ? Outcome.SUCCEEDED : Outcome.FAILED));
            listener.ended(answer);
        });
    }

    /** Anything but a plain no may hide an object that the gateway's key, or the client's own encryption key, cannot read. */
    private static @Nullable GatewayError ifThere(@Nullable HttpResponse answer) {
        if (answer != null && isAbsent(answer)) {
            return null;
        }
        Rejected refusal = OriginQuestion.refusal(answer, "Object");
        if (refusal != null) {
            return refusal;
        }
        return answer != null && isThere(answer)
                ? new Rejected(CosErrorCode.FILE_ALREADY_EXISTS, "Object: there already (expected: a key without one)")
                : new Unreachable("The storage service did not say whether the object exists");
    }

    private static boolean isThere(HttpResponse answer) {
        return answer.status().equals(HttpResponseStatus.OK);
    }

    private static boolean isAbsent(HttpResponse answer) {
        return answer.status().equals(HttpResponseStatus.NOT_FOUND);
    }

    /** Reads back what is in doubt, and judges again if that can be had, then runs {@code then}. */
    void readBack(Doubt doubt, Runnable then) {
        if (!request.origin().signs()) {
            then.run();
            return;
        }
        long last = doubt.first() + doubt.bytes() - 1;
        HttpHeaders range = DefaultHttpHeadersFactory.headersFactory()
                .newHeaders()
                .set(HttpHeaderNames.RANGE, "bytes=" + doubt.first() + '-' + last);
        ask(own(CosOperation.GET_OBJECT, HttpMethod.GET, List.of(), range), doubt.tap(), answer -> {
            boolean isRead = answer != null && isPart(answer, doubt.first(), last);
            made.add(new Recovery(Kind.READ_BACK, isRead ? Outcome.SUCCEEDED : Outcome.FAILED));
            if (isRead) {
                upload.learned(doubt.tap().finish());
            }
            then.run();
        });
    }

    private static boolean isPart(HttpResponse answer, long first, long last) {
        ContentRange range = ContentRange.parse(answer.headers().get(HttpHeaderNames.CONTENT_RANGE));
        return answer.status().equals(HttpResponseStatus.PARTIAL_CONTENT)
                && range != null
                && range.first() == first
                && range.last() == last;
    }

    /**
     * Takes back what has been stored and is corrupt, if the route wants that and {@code answer} says which version it is, then runs {@code then}. Only
     * of Put Object: its client has the object in hand and may send it again, which is not so of what parts or pieces have come to.
     */
    void discard(HttpResponse answer, Runnable then) {
        boolean isWanted = plan.operation() == CosOperation.PUT_OBJECT
                && plan.route().config().integrity().upload().onCorruptStore() == OnCorruptStore.DELETE_VERSION
                && upload.error() instanceof GatewayError.Corrupted
                && request.origin().signs();
        if (!isWanted) {
            then.run();
            return;
        }
        String id = answer.headers().get(VERSION_ID, UNVERSIONED);
        if (id.isEmpty() || id.equals(UNVERSIONED)) {
            corruptVersion = new CorruptVersion(CorruptVersion.Outcome.NOT_VERSIONED, null);
            then.run();
        } else {
            delete(id, then);
        }
    }

    private void delete(String id, Runnable then) {
        corruptVersion = new CorruptVersion(CorruptVersion.Outcome.FAILED, id); // until it is known to be gone
        List<QueryParameter> version = List.of(new QueryParameter("versionId", id));
        UpstreamRequest deletion =
                own(CosOperation.DELETE_OBJECT, HttpMethod.DELETE, version, EmptyHttpHeaders.INSTANCE);
        ask(deletion, null, answer -> {
            if (answer != null && isDeletionOf(id, answer)) {
                corruptVersion = new CorruptVersion(CorruptVersion.Outcome.DELETED, id);
            }
            then.run();
        });
    }

    /** Another version's id would be that of a marker, which hides the corrupt one and whatever comes before it. */
    private static boolean isDeletionOf(String id, HttpResponse answer) {
        return answer.status().codeClass() == HttpStatusClass.SUCCESS
                && answer.headers().get(VERSION_ID, id).equals(id);
    }

    private UpstreamRequest own(
            CosOperation operation, HttpMethod method, List<QueryParameter> query, HttpHeaders headers) {
        String target = TargetEncoder.target(request.object().key(), query);
        return request.own(operation, method, target, query, headers);
    }

    private void ask(UpstreamRequest asked, @Nullable BodyTap tap, Aside.Listener listener) {
        ask(asked, tap, PATIENCE, listener);
    }

    private void ask(UpstreamRequest asked, @Nullable BodyTap tap, Duration patience, Aside.Listener listener) {
        deadlines.enter(Phase.ASKING, patience);
        Aside aside = new Aside(pool, asked, load.client(), tap, listener);
        current = aside;
        aside.begin();
    }

    /** What is being asked takes too long: the upload goes on without. */
    void giveUp() {
        if (current != null) {
            current.giveUp();
        }
    }

    /** Nobody wants to know any more. Idempotent. */
    void close() {
        if (current != null) {
            current.close();
        }
    }

    /** What became of what was to be taken back, if anything was. */
    @Nullable
    CorruptVersion corruptVersion() {
        return corruptVersion;
    }

    /** What was asked, and whether it was told. */
    List<Recovery> made() {
        return List.copyOf(made);
    }
}
