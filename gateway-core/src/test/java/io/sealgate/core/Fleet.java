package io.sealgate.core;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.time.Instant;
import java.util.List;

/** Clients for tests. */
public final class Fleet {

    private Fleet() {}

    /** A device with a name of each kind. */
    public static Certified device() {
        return device(
                "CN=device-1,O=Fleet",
                new SubjectAltName(SubjectAltName.Type.DNS, "device-1.fleet.example"),
                new SubjectAltName(SubjectAltName.Type.DNS, "spare.fleet.example"),
                new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet/device-1"),
                new SubjectAltName(SubjectAltName.Type.EMAIL, "device-1@fleet.example"),
                new SubjectAltName(SubjectAltName.Type.IP, "10.0.0.7"));
    }

    /** The same with other names. */
    public static Certified device(String subject, SubjectAltName... names) {
        return new Certified(
                subject,
                "device-1",
                List.of(names),
                "a1",
                "CN=Fleet CA,O=Fleet",
                "ab".repeat(32),
                "cd".repeat(32),
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of("bGVhZg==", "bWlkZGxl", "dG9w"));
    }
}
