package io.sealgate.core.planning;

import io.sealgate.core.rewrite.IdentityHeaders;
import io.sealgate.core.rewrite.RequestHeaderRules;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.upstream.Origin;

/** Where a route leads, and how heads are written on the way there. */
record Destination(Origin origin, RequestHeaderRules rules, IdentityHeaders identity, UploadRules uploads) {}
