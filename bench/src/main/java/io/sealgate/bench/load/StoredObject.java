package io.sealgate.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.file.Path;

/** An object as the origin keeps it: small ones in memory, larger ones in a file for {@code sendfile}. */
record StoredObject(BenchObject object, Path file) {
    private static final long IN_MEMORY = 64 << 10;

    static StoredObject store(Path directory, BenchObject object) throws IOException {
        Path file = directory.resolve(object.path().replace('/', '_'));
        object.payload().writeTo(file);
        return new StoredObject(object, file);
    }

    /** Returns owned: the whole body as one message, a buffer or a file region. */
    Object body() {
        if (object.length() <= IN_MEMORY) {
            ByteBuf bytes = object.payload().chunk(0, (int) object.length());
            return bytes;
        }
        return new DefaultFileRegion(file.toFile(), 0, object.length());
    }
}
