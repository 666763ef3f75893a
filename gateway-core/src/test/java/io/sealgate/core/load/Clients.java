package io.sealgate.core.load;

import io.sealgate.core.model.ByteSize;
import java.util.Objects;

/** Clients for tests of other packages. */
public final class Clients {

    private Clients() {}

    /** One that nobody else is. */
    public static ClientLoad any() {
        return new ClientLoad();
    }

    /** An exchange in a process that is used by nobody else and has room for so many bytes of documents. */
    public static ExchangeLoad exchange(long documentBytes) {
        Capacity capacity = new Capacity(8, 8, new ByteSize(documentBytes));
        ProcessLoad process = new ProcessLoad(capacity, () -> 0, ByteSize.ofMiB(1), new RecordedOverload());
        return Objects.requireNonNull(process.enter(any()));
    }
}
