package io.sealgate.bench;

import io.sealgate.bench.load.ClientTls;
import io.sealgate.bench.load.Digests;
import io.sealgate.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must be known to believe a figure. */
final class Conditions {
    private Conditions() {}

    static Map<String, String> of(Options options, List<Peer> peers, Digests large) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("scale", options.scale().name() + ", " + options.rounds() + " rounds, medians (minimum–maximum)");
        facts.put(
                "machine",
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                        + System.getProperty("os.name") + ' ' + System.getProperty("os.version") + ", loopback");
        facts.put("JDK", System.getProperty("java.vm.vendor") + ' ' + System.getProperty("java.runtime.version"));
        facts.put(
                "TLS",
                "1.3, " + ClientTls.CIPHER + ", " + ClientTls.GROUP
                        + ", P-256 certificates on both sides, a CRL, no resumption; all but the CRL checked on every connection");
        facts.put("proxies", "one worker, thread or event loop each; origin in the clear");
        peers.forEach(peer -> facts.put(peer.name(), peer.version().orElse("?")));
        facts.put(
                "MD5 floor",
                String.format(
                        Locale.ROOT,
                        "%.2f CPU s for %s on this JDK",
                        large.md5Cpu().toNanos() / 1e9,
                        options.scale().objectSizeText()));
        return facts;
    }

    private static String processor() throws IOException {
        return Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse(System.getProperty("os.arch"));
    }
}
