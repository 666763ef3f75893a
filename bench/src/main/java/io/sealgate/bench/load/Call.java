package io.sealgate.bench.load;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** One request of the load, with all that is needed to judge its answer. */
public sealed interface Call {
    BenchObject object();

    /** The answer's body must have exactly this many bytes. */
    long answerLength();

    /** A fresh head, without a body. */
    HttpRequest head();

    record Get(BenchObject object) implements Call {
        @Override
        public long answerLength() {
            return object.length();
        }

        @Override
        public HttpRequest head() {
            return headOf(HttpMethod.GET, object);
        }
    }

    record Put(BenchObject object, boolean withContentMd5) implements Call {
        @Override
        public long answerLength() {
            return 0;
        }

        @Override
        public HttpRequest head() {
            HttpRequest head = headOf(HttpMethod.PUT, object);
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, object.length());
            head.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
            if (withContentMd5) {
                head.headers().set(HttpHeaderNames.CONTENT_MD5, object.digests().contentMd5());
            }
            return head;
        }
    }

    private static HttpRequest headOf(HttpMethod method, BenchObject object) {
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, object.path());
        head.headers().set(HttpHeaderNames.HOST, Target.HOST);
        return head;
    }
}
