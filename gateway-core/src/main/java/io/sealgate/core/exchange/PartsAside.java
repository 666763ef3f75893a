package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.planning.PartsCount;
import io.sealgate.core.planning.PartsCount.Step;
import io.sealgate.core.planning.PartsQuestion;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import org.jspecify.annotations.Nullable;

/**
 * Asks the origin how large the parts are of which a multipart upload is to be completed, one page of its list after
 * the other. Whatever is not a plain and whole list is no answer. Confined to the exchange's event loop; the bytes
 * that it keeps of a page count as a document of the exchange.
 */
final class PartsAside {

    /** A thousand parts take a third of it. */
    private static final int MAX_PAGE_BYTES = 1024 * 1024;

    /** Sends a question of the gateway's own. */
    @FunctionalInterface
    interface Asker {

        /** Asks for the page behind the part with number {@code marker}; its body goes to {@code tap}. */
        void ask(int marker, BodyTap tap, Aside.Listener listener);
    }

    /** Learns the result. */
    @FunctionalInterface
    interface Listener {

        /**
         * The question is answered, or given up.
         *
         * @param error  why the upload must not be completed, or {@code null} if it may be
         * @param isTold whether the origin has said what the parts are
         */
        void ended(@Nullable GatewayError error, boolean isTold);
    }

    private final PartsCount count;
    private final ExchangeLoad load;
    private final Asker asker;
    private final Runnable giveUp;
    private final Listener listener;

    /** @param giveUp ends what is being asked, as if it had not been answered */
    PartsAside(PartsQuestion question, ExchangeLoad load, Asker asker, Runnable giveUp, Listener listener) {
        count = new PartsCount(question);
        this.load = load;
        this.asker = asker;
        this.giveUp = giveUp;
        this.listener = listener;
    }

    void begin() {
        ask(count.marker());
    }

    private void ask(int marker) {
        Page page = new Page();
        asker.ask(marker, page, answer -> answered(answer, page));
    }

    private void answered(@Nullable HttpResponse answer, Page page) {
        if (answer != null && answer.status().equals(HttpResponseStatus.NOT_FOUND)) {
            listener.ended(PartsQuestion.noUpload(), true);
        } else if (answer != null && answer.status().equals(HttpResponseStatus.OK) && !page.isTooLarge) {
            follow(page.read());
        } else {
            listener.ended(PartsQuestion.unanswered(), false);
        }
    }

    private void follow(Step step) {
        if (step instanceof Step.Next next) {
            ask(next.marker());
        } else if (step instanceof Step.Refused refused) {
            listener.ended(refused.error(), true);
        } else if (step instanceof Step.Unanswered) {
            listener.ended(PartsQuestion.unanswered(), false);
        } else {
            listener.ended(null, true);
        }
    }

    /** Keeps the body of one response. */
    private final class Page implements BodyTap {

        private final DocumentBuffer document = new DocumentBuffer(load, MAX_PAGE_BYTES);
        private boolean isTooLarge;

        @Override
        public void update(ByteBuf chunk) {
            if (isTooLarge) {
                return;
            }
            isTooLarge = chunk.readableBytes() > MAX_PAGE_BYTES - document.size() || !document.add(chunk.duplicate());
            if (isTooLarge) {
                giveUp.run();
            }
        }

        Step read() {
            byte[] whole = document.whole();
            Step step = count.page(whole);
            load.giveDocument(whole.length);
            return step;
        }

        @Override
        public TapResult finish() {
            throw new IllegalStateException("verdict: none (expected: a list is read, not judged)");
        }
    }
}
