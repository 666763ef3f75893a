package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.Judged;
import io.sealgate.core.rewrite.TargetEncoder;
import java.util.List;

/**
 * A copy reads one object to write another, so both ends must be permitted: the source has to lie in the route's
 * bucket and under its path, and the client must be allowed to read it on the route that its {@code GET} would meet.
 */
record CopyRule(Errand errand, SecondResources secondResources) {

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
        return CopySource.parse(sources.get(0), !signs).then(source -> {
            GatewayError error = secondResources.sourceError(errand, source, signs);
            if (error != null) {
                return Judged.bad(error);
            }
            // a client's signature covers the header as it is, so in forward mode it stays that way
            return Judged.good(signs ? headers.set(CopySource.HEADER, canonical(source)) : headers);
        });
    }

    private String canonical(CopySource source) {
        List<QueryParameter> version =
                source.versionId() == null ? List.of() : List.of(new QueryParameter("versionId", source.versionId()));
        return errand.route().bucketHost() + TargetEncoder.target(source.key(), version);
    }
}
