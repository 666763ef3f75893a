package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.policy.Verdict;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.Judged;
import io.sealgate.core.request.KeyReadings;
import io.sealgate.core.rewrite.TargetEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy reads one object to write another, so both ends must be permitted: the source has to lie in the route's bucket and under its path.
 * A route that serves {@code copy} thereby lets its own objects be read into its own objects, and nothing else.
 */
record CopyRule(Errand errand, Authorizer authorizer) {

    /** The headers, with the copy source rewritten to name the route's bucket where the gateway signs; or why it must not be copied. */
    Judged<HttpHeaders> apply(HttpHeaders headers, boolean signs) {
        boolean isCopy =
                errand.operation() == CosOperation.COPY_OBJECT || errand.operation() == CosOperation.UPLOAD_PART_COPY;
        if (!isCopy) {
            return Judged.good(headers);
        }
        List<String> sources = errand.head().headers().getAll(CopySource.HEADER);
        if (sources.size() != 1) {
            return Judged.bad(new GatewayError.Rejected(
                    CosErrorCode.INVALID_ARGUMENT,
                    CopySource.HEADER + ": sent " + sources.size() + " times (expected: once)"));
        }
        return CopySource.parse(sources.get(0)).then(source -> {
            GatewayError error = objection(source, signs);
            if (error != null) {
                return Judged.bad(error);
            }
            // a client's signature covers the header as it is, so in forward mode it stays that way
            return Judged.good(signs ? headers.set(CopySource.HEADER, canonical(source)) : headers);
        });
    }

    private @Nullable GatewayError objection(CopySource source, boolean signs) {
        String bucket = errand.route().bucket();
        String region = errand.route().region();
        if (signs ? !source.isIn(bucket, region) : !source.isExactlyIn(bucket, region)) {
            GatewayError.Denied denial = Authorizer.denied(errand.route(), "copy-source");
            errand.overruled(authorizer, denial);
            return denial;
        }
        GatewayError written = denial(source, source.key());
        for (String other : source.readings(!signs).others()) {
            if ((denial(source, other) == null) != (written == null)) {
                return KeyReadings.ambiguous();
            }
        }
        return written;
    }

    private @Nullable GatewayError denial(CopySource source, String key) {
        Verdict verdict = authorizer.authorizeSource(
                errand.route(), errand.operation(), errand.resource(key), errand.ofSource(source));
        return verdict instanceof Verdict.Refused refused ? refused.denial() : null;
    }

    private String canonical(CopySource source) {
        List<QueryParameter> version =
                source.versionId() == null ? List.of() : List.of(new QueryParameter("versionId", source.versionId()));
        return errand.route().bucketHost() + TargetEncoder.target(source.key(), version);
    }
}
