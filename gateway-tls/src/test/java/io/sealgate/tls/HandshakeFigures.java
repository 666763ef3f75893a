package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What judging a chain costs, new and known, in CPU time and in heap: the figures of decision 0015. Run it with the tests' class path:
 * {@code java -Xmx512m io.sealgate.tls.HandshakeFigures}.
 */
final class HandshakeFigures {

    private static final int CHAINS = 2000;
    private static final int ROUNDS = 8;

    private HandshakeFigures() {}

    public static void main(String[] arguments) throws Exception {
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
