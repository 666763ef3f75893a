package io.sealgate.core.policy;

import io.sealgate.core.error.GatewayError;

/** The answer to "may this client do that?". */
public sealed interface Verdict {

    /** Yes; {@code permit} is the proof. */
    record Allowed(Permit permit) implements Verdict {}

    /** No, with the reason for log and metric. */
    record Refused(GatewayError.Denied denial) implements Verdict {}
}
