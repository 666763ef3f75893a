package io.sealgate.core.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientKey;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Clients for tests of other packages. */
public final class Clients {

    private Clients() {}

    /** One that nobody else is. */
    public static ClientLoad any() {
        byte[] name = UUID.randomUUID().toString().getBytes(US_ASCII);
        return new ClientLoad(ClientKey.certified(new byte[0], name, List.of()));
    }

    /** An exchange in a process that is used by nobody else and has room for so many bytes of documents. */
    public static ExchangeLoad exchange(long documentBytes) {
        Capacity capacity = new Capacity(8, 8, new ByteSize(documentBytes));
        ProcessLoad process = new ProcessLoad(capacity, () -> 0, ByteSize.ofMiB(1), new RecordedOverload());
        return Objects.requireNonNull(process.enter(any()));
    }
}
