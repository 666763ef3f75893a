package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/** Bucket and decoded key. Ordered as COS lists: by the bytes of the key's UTF-8 form. */
record ObjectName(String bucket, String key) implements Comparable<ObjectName> {
    private static final Comparator<ObjectName> ORDER = Comparator.comparing(ObjectName::bucket)
            .thenComparing(name -> name.key().getBytes(UTF_8), Arrays::compareUnsigned);

    @Override
    public int compareTo(ObjectName other) {
        return ORDER.compare(this, other);
    }
}
