package io.sealgate.app;

import io.netty.handler.ssl.OpenSsl;
import io.sealgate.core.server.Transports;

/** What runs here: for {@code version} and for bug reports. */
public final class VersionInfo {

    private VersionInfo() {}

    /**
     * One line for each part.
     *
     * @param crc64 the kernel that computes checksums, by name
     */
    public static String text(String crc64) {
        return """
                sealgate:  %s
                jdk:       %s (%s)
                tls:       %s
                transport: %s
                crc64:     %s
                """.formatted(
                        program(),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vm.name"),
                        OpenSsl.isAvailable() ? OpenSsl.versionString() : "none",
                        Transports.select(Transports.Choice.AUTO).name(),
                        crc64);
    }

    /** The version in the program's jar; there is none when it runs from class files. */
    private static String program() {
        String version = VersionInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
