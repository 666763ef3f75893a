package io.sealgate.core.planning;

/** What the gateway asks the origin about before a request may be sent, because an object has a limit. Immutable. */
public sealed interface OriginQuestion permits PartsQuestion, SourceQuestion {

    /** Approximate heap bytes that it takes besides the request's own document. */
    int weight();
}
