package io.sealgate.bench.load;

/** Told once, on the client's event loop, how a conversation ended; a failure may be told more than once. */
interface Outcome {
    void succeeded();

    void failed(Throwable cause);
}
