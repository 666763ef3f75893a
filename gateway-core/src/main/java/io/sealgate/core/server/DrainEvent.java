package io.sealgate.core.server;

/** Fired through the pipelines of open connections when the gateway begins to stop. */
enum DrainEvent {
    INSTANCE
}
