package io.sealgate.core.planning;

/** What the gateway asks the origin about before a request may be sent, because an object has a limit. Immutable. */
public sealed interface OriginQuestion permits PartsQuestion, SourceQuestion {

    /** Bytes on the heap, about, that the request's own document does not account for. */
    int weight();
}
