package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/** Says in S3's words too what an answer says in COS's, for clients that asked in them. */
public final class S3Answers {

    private S3Answers() {}

    /** Adds to {@code headers}, in place, a twin for each field of COS's that S3 has a name for. What is there stays. */
    public static void addTwins(HttpHeaders headers) {
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            String twin = S3Words.toS3(lower);
            if (!twin.equals(lower) && !headers.contains(twin)) {
                headers.set(twin, S3Words.valueToS3(twin, headers.get(name, "")));
            }
        }
    }
}
