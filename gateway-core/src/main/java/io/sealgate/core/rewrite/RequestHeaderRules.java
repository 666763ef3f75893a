package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.Judged;
import java.util.Set;

/** Makes the header section that the origin sees from the one that the client sent. Immutable; the client's stays as it is. */
public sealed interface RequestHeaderRules permits SigningRules, ForwardingRules {

    /**
     * The headers for the origin, framing included and authorization not, or why there are none.
     *
     * @param framing the body's framing on the way to the origin
     */
    Judged<HttpHeaders> rewrite(CosOperation operation, RequestHead head, BodyFraming framing);

    /**
     * For origins that the gateway signs for: a closed list for each operation.
     *
     * @param originHost {@code Host} that is sent
     * @param served     what the route serves at all
     */
    static RequestHeaderRules signing(String originHost, Set<CosOperation> served, EncryptionRule encryption) {
        return new SigningRules(originHost, served, encryption);
    }

    /** For origins that see the client's own signature: as it came, minus what was only for this hop. */
    static RequestHeaderRules forwarding(Set<CosOperation> served) {
        return new ForwardingRules(served);
    }
}
