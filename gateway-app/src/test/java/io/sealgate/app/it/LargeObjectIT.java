package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealgate.origin.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory stays where it is, whatever the size of an object and however slow its readers. Prints what it saw.
 */
@Tag("full")
class LargeObjectIT {

    private static final long MIB = 1 << 20;
    private static final long SIZE = 5L << 30;
    /** Of one exchange: a read, both outbound buffers up to their high watermark and a TLS record or two. */
    private static final long DIRECT_BOUND = 32 * MIB;
    /** 64 MiB of heap, the JVM's own, and what Netty may hold. */
    private static final long RESIDENT_BOUND = 256 * MIB;

    private static final int SLOW_READERS = 100;

    @TempDir
    Path directory;

    private long mostDirect;
    private long mostResident;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void fiveGibibytesPassBothWaysAndAHundredSlowReadersWaitInFlatMemory() throws Exception {
        assumeTrue(MeasuredGateway.isSupported(), "needs /proc");
        try (TestSite site = TestSite.in(directory).start();
                MeasuredGateway gateway = MeasuredGateway.start(
                        directory.resolve("sealgate.yaml"),
                        directory.resolve("gateway.out"),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=256m",
                        "-XX:+UseSerialGC")) {
            SSLContext context = site.clientContext(site.device());
            upload(context, gateway);
            report("upload");
            StoredObject stored =
                    site.origin().store().find(TestSite.BUCKET, "big").orElseThrow();
            assertThat(stored.size()).isEqualTo(SIZE);
            download(context, gateway);
            report("download");
            assertThat(mostDirect).isLessThan(DIRECT_BOUND);
            assertThat(mostResident).isLessThan(RESIDENT_BOUND);

            slowReaders(context, gateway);
            report("slow readers");
            assertThat(mostDirect).isLessThan(SLOW_READERS * MIB);
            assertThat(mostResident).isLessThan(RESIDENT_BOUND + SLOW_READERS * MIB);
        }
    }

    private void upload(SSLContext context, MeasuredGateway gateway) throws Exception {
        try (SSLSocket socket = connect(context, gateway)) {
            OutputStream out = socket.getOutputStream();
            out.write(head("PUT", "Content-Length: " + SIZE + "\r\n"));
            byte[] block = new byte[1 << 20];
            for (long sent = 0; sent < SIZE; sent += block.length) {
                block[0] = (byte) (sent >>> 20);
                out.write(block);
                sample(gateway, sent);
            }
            assertThat(statusLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private void download(SSLContext context, MeasuredGateway gateway) throws Exception {
        try (SSLSocket socket = connect(context, gateway)) {
            socket.getOutputStream().write(head("GET", "Connection: close\r\n"));
            InputStream in = socket.getInputStream();
            assertThat(statusLine(in)).isEqualTo("HTTP/1.1 200 OK");
            byte[] block = new byte[1 << 20];
            long received = 0;
            int read;
            while ((read = in.read(block)) >= 0) {
                received += read;
                sample(gateway, received);
            }
            assertThat(received).isGreaterThanOrEqualTo(SIZE);
        }
    }

    private void slowReaders(SSLContext context, MeasuredGateway gateway) throws Exception {
        List<SSLSocket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                SSLSocket socket = connect(context, gateway);
                readers.add(socket);
                socket.getOutputStream().write(head("GET", ""));
                assertThat(statusLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
            }
            for (int round = 0; round < 20; round++) {
                for (SSLSocket socket : readers) {
                    socket.getInputStream().readNBytes(64 * 1024);
                }
                sample(gateway, 0);
            }
        } finally {
            for (SSLSocket socket : readers) {
                socket.close();
            }
        }
    }

    /** Looks every 256 MiB. */
    private void sample(MeasuredGateway gateway, long progress) throws IOException, InterruptedException {
        if (progress % (256 * MIB) < MIB) {
            mostDirect = Math.max(mostDirect, gateway.directBytes());
            mostResident = Math.max(mostResident, gateway.residentBytes());
        }
    }

    private void report(String step) {
        System.out.printf(
                "after %s: direct memory at most %d MiB, resident at most %d MiB%n",
                step, mostDirect / MIB, mostResident / MIB);
    }

    private static SSLSocket connect(SSLContext context, MeasuredGateway gateway) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", gateway.port());
        socket.startHandshake();
        return socket;
    }

    private static byte[] head(String method, String headers) {
        return (method + " /big HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String statusLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && c != '\n') {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
