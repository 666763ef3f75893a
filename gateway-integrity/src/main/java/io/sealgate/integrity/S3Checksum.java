package io.sealgate.integrity;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums that S3 clients put on a body, in a header or a trailer (Amazon S3, "Checking object integrity"). */
enum S3Checksum {
    CRC32(4, () -> RunningDigest.of(new CRC32(), 4)),
    CRC32C(4, () -> RunningDigest.of(new CRC32C(), 4)),
    CRC64NVME(8, () -> RunningDigest.of(new Crc64Nvme(), 8)),
    SHA1(20, () -> RunningDigest.of("SHA-1")),
    SHA256(32, () -> RunningDigest.of("SHA-256"));

    /** What the names of their fields begin with. */
    static final String FIELD_PREFIX = "x-amz-checksum-";

    private final int bytes;

    @SuppressWarnings("ImmutableEnumChecker") // makes a new one each time and remembers nothing
    private final Supplier<RunningDigest> start;

    S3Checksum(int bytes, Supplier<RunningDigest> start) {
        this.bytes = bytes;
        this.start = start;
    }

    /** The algorithm's name in logs and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the header or trailer. */
    String field() {
        return FIELD_PREFIX + label();
    }

    /** Length of the value in bytes. */
    int bytes() {
        return bytes;
    }

    /** Starts anew. */
    RunningDigest start() {
        return start.get();
    }

    /** The checksum whose header or trailer is called {@code name}, lower case. */
    static Optional<S3Checksum> ofField(String name) {
        for (S3Checksum checksum : values()) {
            if (checksum.field().equals(name)) {
                return Optional.of(checksum);
            }
        }
        return Optional.empty();
    }
}
