package io.sealgate.core.spi;

/** Learns of every exchange's end, exactly once each. Called on the exchange's event loop: must not block. */
@FunctionalInterface
public interface ExchangeListener {

    void finished(ExchangeReport report);
}
