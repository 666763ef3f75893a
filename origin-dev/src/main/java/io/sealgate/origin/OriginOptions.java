package io.sealgate.origin;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an origin is to behave.
 *
 * @param directory where objects live; kept between runs, made if absent, and one running origin's alone
 * @param defaultBucket the bucket of a request whose Host is no COS host, unless {@code requireBucketHost}
 * @param buckets the buckets that exist; empty: every bucket does
 * @param requireBucketHost whether any Host but a COS bucket's is answered with NoSuchBucket
 * @param strictSigning whether every {@code x-cos-*} header and query parameter must be signed, not only Host
 * @param customerKeysNeedTls whether SSE-C over plain HTTP is refused, as COS does
 * @param tls null for plain HTTP; stays the caller's
 * @param eventLoops threads that serve connections
 * @param skipDigests for benchmarks: no MD5 unless the client sent one, and ETags that are no MD5
 * @param versioning whether every bucket keeps what is overwritten or deleted as a version; see {@link ObjectVersions}
 * @param partsPerPage parts that one answer to List Parts has at most
 * @param logRequests whether {@link OriginLog#requests} fills
 */
public record OriginOptions(
        InetSocketAddress bind,
        Path directory,
        String defaultBucket,
        Set<String> buckets,
        boolean requireBucketHost,
        SecretKeys keys,
        boolean strictSigning,
        boolean customerKeysNeedTls,
        @Nullable SslContext tls,
        Clock clock,
        FaultScript faults,
        int eventLoops,
        boolean skipDigests,
        boolean versioning,
        int partsPerPage,
        boolean logRequests) {
    public OriginOptions {
        buckets = Set.copyOf(buckets);
        if (eventLoops < 1) {
            throw new IllegalArgumentException("event loops: " + eventLoops + " (expected: at least 1)");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Loopback, a free port, plain HTTP, no signatures, one event loop; only the directory has no default. */
    public static final class Builder {
        private InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private @Nullable Path directory;
        private String defaultBucket = "examplebucket-1250000000";
        private Set<String> buckets = Set.of();
        private boolean requireBucketHost;
        private SecretKeys keys = SecretKeys.none();
        private boolean strictSigning;
        private boolean customerKeysNeedTls = true;
        private @Nullable SslContext tls;
        private Clock clock = Clock.systemUTC();
        private FaultScript faults = new FaultScript();
        private int eventLoops = 1;
        private boolean skipDigests;
        private boolean versioning;
        private int partsPerPage = 1000;
        private boolean logRequests = true;

        private Builder() {}

        public Builder bind(InetSocketAddress address) {
            bind = address;
            return this;
        }

        public Builder directory(Path path) {
            directory = path;
            return this;
        }

        public Builder defaultBucket(String bucket) {
            defaultBucket = bucket;
            return this;
        }

        public Builder buckets(Set<String> existing) {
            buckets = existing;
            return this;
        }

        public Builder requireBucketHost(boolean required) {
            requireBucketHost = required;
            return this;
        }

        public Builder keys(SecretKeys accepted) {
            keys = accepted;
            return this;
        }

        public Builder strictSigning(boolean strict) {
            strictSigning = strict;
            return this;
        }

        public Builder customerKeysNeedTls(boolean needed) {
            customerKeysNeedTls = needed;
            return this;
        }

        public Builder tls(SslContext context) {
            tls = context;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        public Builder faults(FaultScript script) {
            faults = script;
            return this;
        }

        public Builder eventLoops(int threads) {
            eventLoops = threads;
            return this;
        }

        public Builder skipDigests(boolean skip) {
            skipDigests = skip;
            return this;
        }

        public Builder versioning(boolean on) {
            versioning = on;
            return this;
        }

        public Builder partsPerPage(int most) {
            partsPerPage = most;
            return this;
        }

        public Builder logRequests(boolean log) {
            logRequests = log;
            return this;
        }

        public OriginOptions build() {
            return new OriginOptions(
                    bind,
                    Objects.requireNonNull(directory, "directory: none (expected: a path)"),
                    defaultBucket,
                    buckets,
                    requireBucketHost,
                    keys,
                    strictSigning,
                    customerKeysNeedTls,
                    tls,
                    clock,
                    faults,
                    eventLoops,
                    skipDigests,
                    versioning,
                    partsPerPage,
                    logRequests);
        }
    }
}
