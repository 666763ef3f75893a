package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.LargeCrl;
import io.sealgate.core.config.Problems;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of serials of twenty octets. How long reading takes is printed and never judged: this machine is not alone. */
class LargeCrlTest {

    private static final CertificateAuthority CA = CertificateAuthority.root("CA");

    @TempDir
    Path directory;

    @Test
    void manySerialsAreFoundInLittleMemory() throws Exception {
        foundInLittleMemory(100_000);
    }

    @Test
    @Tag("full")
    void aMillionSerialsAreFoundInLittleMemory() throws Exception {
        assertThat(foundInLittleMemory(1_000_000)).isLessThan(32L << 20);
    }

    /** Returns how many octets are kept. */
    private long foundInLittleMemory(int serials) throws Exception {
        Path der = directory.resolve("crl.der");
        Path pem = directory.resolve("crl.pem");
        LargeCrl.write(CA, serials(serials), der);
        LargeCrl.toPem(der, pem);

        RevokedSerials fromPem = read(pem);
        RevokedSerials fromDer = read(der);

        assertThat(fromPem.size()).isEqualTo(serials);
        assertThat(fromDer.size()).isEqualTo(serials);
        assertThat(fromDer.bytes()).isLessThan(22L * serials);
        int[] bit = {0};
        serials(serials).forEachRemaining(serial -> {
            assertThat(fromDer.reason(serial).isPresent()).isTrue();
            bit[0] = (bit[0] + 1) % 150;
            assertThat(fromPem.reason(serial.flipBit(bit[0])).isPresent()).isFalse();
        });
        return fromDer.bytes();
    }

    private static RevokedSerials read(Path file) throws Exception {
        Problems problems = new Problems();
        CrlLoader loader = new CrlLoader(
                new CrlIssuers(List.of(CA.certificate())), (oid, parameters) -> Optional.empty(), Instant.now());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();

        long before = threads.getThreadAllocatedBytes(thread);
        List<LoadedCrl> loaded = loader.load(List.of(file), problems, problems, "files");
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(problems.lines()).isEmpty();
        RevokedSerials revoked = loaded.get(0).crl().revoked();
        System.out.printf(
                "%s of %d bytes: read in %d ms, %d bytes allocated, %d kept%n",
                file.getFileName(), Files.size(file), loaded.get(0).reading().toMillis(), allocated, revoked.bytes());
        // Everything that was ever allocated: the peak can only be lower.
        assertThat(allocated).isLessThan(3 * Files.size(file));
        return revoked;
    }

    private static Iterator<BigInteger> serials(int count) {
        Random random = new Random(1);
        return random.ints(count).mapToObj(i -> new BigInteger(159, random)).iterator();
    }
}
