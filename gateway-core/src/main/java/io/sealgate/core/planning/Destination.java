package io.sealgate.core.planning;

import io.sealgate.core.labels.UploadLabels;
import io.sealgate.core.rewrite.IdentityHeaders;
import io.sealgate.core.rewrite.RequestHeaderRules;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.upstream.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads, and how heads are written on the way there.
 *
 * @param keys names what is uploaded; {@code null} if clients do
 */
record Destination(
        Origin origin,
        RequestHeaderRules rules,
        IdentityHeaders identity,
        UploadRules uploads,
        UploadLabels labels,
        @Nullable KeyRule keys) {}
