package io.sealgate.app.online;

import io.sealgate.core.config.Problems;
import io.sealgate.core.request.Route;
import io.sealgate.core.spi.HeadSigner;
import io.sealgate.core.upstream.Origin;
import java.io.IOException;
import java.util.List;

/**
 * Asks buckets what a gateway in front of them cannot know. Whatever they answer is a warning at most; that they do not answer is a problem. Blocks
 * for as long as the origins' timeouts let it.
 */
public final class OnlineCheck implements AutoCloseable {

    private final BucketClient client = new BucketClient();
    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();

    /**
     * Asks one bucket.
     *
     * @param path   of the origin in the configuration
     * @param routes all that lead to it
     */
    public void ask(String path, Origin origin, List<Route> routes) {
        HeadSigner signer = origin.signer();
        if (signer == null) {
            warnings.add(path + ".auth", "auth: forward, so there is no key to ask the bucket with (expected: sign)");
            return;
        }
        BucketAdvice advice = new BucketAdvice(routes);
        try {
            for (BucketQuestion question : BucketQuestion.values()) {
                BucketAnswer answer = client.ask(origin, signer, question);
                if (answer.isRefusalOfAll()) {
                    problems.add(
                            path,
                            "bucket: " + origin.bucket() + " answers " + answer.summary()
                                    + " (expected: a bucket and a key of its account)");
                    return;
                }
                advice.about(question, answer).forEach(said -> warnings.add(path, said));
            }
        } catch (IOException e) {
            problems.add(
                    path,
                    "bucket: " + origin.bucket() + " cannot be asked: " + e.getMessage() + " (expected: an answer from "
                            + origin.dialHost() + ':' + origin.dialPort() + ')');
        }
    }

    /** Of all that have been asked. */
    public Findings findings() {
        return new Findings(problems.lines(), warnings.lines());
    }

    /**
     * What has been found, each as {@code path: message}.
     *
     * @param problems buckets that cannot be asked
     * @param warnings what an operator should know of the others
     */
    public record Findings(List<String> problems, List<String> warnings) {
        public Findings {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
