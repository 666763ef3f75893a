package io.sealgate.core.cam;

import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import java.util.List;

/** What conditions may ask of a request. Nothing is looked up before a condition asks. */
public interface RequestFacts {

    /** Whose connection it came on. */
    ConnectionContext connection();

    /** Its head, in COS's words. */
    RequestHead head();

    /** What it does, whatever permissions that takes. */
    CosOperation operation();

    /** Decoded query parameters. */
    List<QueryParameter> query();

    /** The name that the client asked for: lower case, no port. */
    String hostName();

    /** Milliseconds since the epoch. */
    default long now() {
        return System.currentTimeMillis();
    }
}
