package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a chain costs that is new, and one that is known, in CPU time and in heap: the figures of decision 0015. First the judging
 * alone, then all that the server's event loop does for a connection. Run it with the tests' class path: {@code java -Xmx512m
 * io.sealgate.tls.HandshakeFigures}.
 */
final class HandshakeFigures {

    private static final int CHAINS = 2000;
    private static final int ROUNDS = 8;

    /** More than the JDK remembers of certificates that it parsed. */
    private static final int DEVICES = 1000;

    private static final int HANDSHAKE_ROUNDS = 4;

    private HandshakeFigures() {}

    public static void main(String[] arguments) throws Exception {
        judging();
        handshakes();
    }

    private static void judging() throws Exception {
        Issued root = root("Fleet Root");
        Issued middle = authority("Fleet Issuing CA").signedBy(root);
        List<byte[][]> chains = new ArrayList<>();
        for (int i = 0; i < CHAINS; i++) {
            Issued leaf = client("device-" + i)
                    .dnsNames("device-" + i + ".fleet.example")
                    .signedBy(middle);
            chains.add(new byte[][] {
                leaf.certificate().getEncoded(), middle.certificate().getEncoded()
            });
        }
        TrustBundle bundle = TrustBundle.of(List.of(root.certificate()));
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            long before = used();
            ClientChainValidator validator = new ClientChainValidator(
                    bundle, TrustConfig.of(), InstantSource.system(), new VerdictCache(CHAINS));
            double fresh = micros(validator, chains);
            double known = micros(validator, chains);
            System.gc();
            long heap = (used() - before) / CHAINS;
            System.out.printf("new %.1f us, known %.1f us, %d bytes of heap for each%n", fresh, known, heap);
            validator.validate(netty(chains.get(0)));
        }
    }

    private static void handshakes() throws Exception {
        Issued middle = authority("Fleet Issuing CA").signedBy(MutualTlsFixture.CLIENT_ROOT);
        List<JdkClient> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(JdkClient.of(
                    MutualTlsFixture.SERVER_ROOT, client("device-" + i).signedBy(middle)));
        }
        Path directory = Files.createTempDirectory("figures");
        for (int round = 0; round < HANDSHAKE_ROUNDS; round++) {
            try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                    EchoServer server = EchoServer.start(tls)) {
                double fresh = loopMicros(server, devices);
                double known = loopMicros(server, devices);
                System.out.printf("handshake, new %.0f us, known %.0f us of the event loop%n", fresh, known);
            }
        }
    }

    private static double loopMicros(EchoServer server, List<JdkClient> devices) throws Exception {
        long start = server.loopCpuNanos();
        for (JdkClient device : devices) {
            device.echo(server.port(), "TLSv1.3");
        }
        return (server.loopCpuNanos() - start) / 1000.0 / devices.size();
    }

    private static double micros(ClientChainValidator validator, List<byte[][]> chains) throws Exception {
        // not the clock on the wall: others may have the processor
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        for (byte[][] chain : chains) {
            validator.validate(netty(chain));
        }
        return (thread.getCurrentThreadCpuTime() - start) / 1000.0 / chains.size();
    }

    /** As Netty hands them out: not parsed yet. */
    private static X509Certificate[] netty(byte[][] chain) {
        X509Certificate[] certificates = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = new LazyX509Certificate(chain[i]);
        }
        return certificates;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
