package io.sealgate.core.load;

import io.sealgate.core.spi.OverloadListener;
import io.sealgate.core.spi.OverloadListener.Resource;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether there is too little of one resource: tells the beginning and the end, once each however many threads notice. Thread-safe. */
final class Shortage {

    private final Resource resource;
    private final OverloadListener listener;
    private final AtomicBoolean active = new AtomicBoolean();

    Shortage(Resource resource, OverloadListener listener) {
        this.resource = resource;
        this.listener = listener;
    }

    boolean isActive() {
        return active.get();
    }

    void begin() {
        if (!active.get() && active.compareAndSet(false, true)) {
            listener.began(resource);
        }
    }

    void end() {
        if (active.get() && active.compareAndSet(true, false)) {
            listener.ended(resource);
        }
    }
}
