package io.sealgate.bench;

import io.sealgate.bench.load.BenchObject;
import io.sealgate.bench.load.Call;
import io.sealgate.bench.load.ClientTls;
import io.sealgate.bench.load.Devices;
import io.sealgate.bench.load.LoadClient;
import io.sealgate.bench.load.Origin;
import io.sealgate.bench.load.Target;
import io.sealgate.bench.peer.CertificateFiles;
import io.sealgate.bench.peer.HaProxy;
import io.sealgate.bench.peer.Nginx;
import io.sealgate.bench.peer.Peer;
import io.sealgate.bench.peer.RunningPeer;
import io.sealgate.bench.peer.Sealgate;
import io.sealgate.bench.peer.Site;
import io.sealgate.bench.report.Measurement;
import io.sealgate.bench.report.Report;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ladder's driver: starts origin and peers on loopback, sends the load, prints the table, keeps the raw figures, and
 * leaves nothing running. Progress goes to standard error, the table alone to standard output.
 */
public final class Bench {
    private final Options options;
    private final Cleanup cleanup;
    private final Map<String, String> absent = new LinkedHashMap<>();

    private Bench(Options options, Cleanup cleanup) {
        this.options = options;
        this.cleanup = cleanup;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return 0;
        }
        try (Cleanup cleanup = Cleanup.alsoAtShutdown()) {
            new Bench(Options.parse(arguments), cleanup).run();
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            return 2;
        } catch (IOException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws IOException {
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            throw new IOException("operating system: " + System.getProperty("os.name")
                    + " (expected: Linux, whose /proc tells a process's CPU time)");
        }
        Path directory = cleanup.temporaryDirectory();
        say("preparing objects and certificates");
        Work.Objects objects = new Work.Objects(
                BenchObject.of("/objects/large", options.scale().objectSize()), BenchObject.of("/objects/small", 1024));
        CertificateFiles certificates = CertificateFiles.create(directory.resolve("certificates"));
        Origin origin = cleanup.add(Origin.start(directory, List.of(objects.large(), objects.small())));
        Work.Clients clients = clients(
                certificates,
                AuthorityDirectory.open(directory.resolve("certificates"), InstantSource.system())
                        .authority());

        List<Peer> peers = installed();
        List<Ladder.Rung> rungs = new ArrayList<>();
        if (options.wants(Ladder.DIRECT)) {
            rungs.add(new Ladder.Rung(Ladder.DIRECT, new Target(origin.port(), false), Optional.empty()));
        }
        for (Peer peer : peers) {
            Site site = new Site(certificates, freePort(), origin.port(), freePort());
            RunningPeer running = cleanup.add(RunningPeer.start(peer, site, directory.resolve(peer.name())));
            running.awaitListening();
            rungs.add(new Ladder.Rung(peer.name(), running.target(), Optional.of(running)));
        }
        requireMutualTls(rungs, certificates, objects);

        List<Measurement> measurements = new Ladder(clients, options.scale(), objects, Bench::say)
                .climb(rungs, options.works(), options.rounds());
        publish(new Report(
                Conditions.of(options, peers, objects.large().digests()), rows(), measurements, Map.copyOf(absent)));
    }

    private Work.Clients clients(CertificateFiles certificates, CertificateAuthority authority) throws IOException {
        Devices devices = new Devices(authority);
        ClientTls one = ClientTls.mutual(certificates.ca(), certificates.clientChain(), certificates.clientKey());
        return new Work.Clients(
                cleanup.add(new LoadClient(one)),
                cleanup.add(new LoadClient(ClientTls.fleet(certificates.ca(), devices))),
                devices);
    }

    private List<Peer> installed() {
        Path launcher = options.root().resolve("bin/sealgate");
        List<Peer> all = List.of(
                new Nginx(),
                new HaProxy(),
                new Sealgate(launcher, Sealgate.Duties.MTLS),
                new Sealgate(launcher, Sealgate.Duties.ALL));
        List<Peer> found = new ArrayList<>();
        for (Peer peer : all) {
            if (!options.wants(peer.name())) {
                continue;
            }
            if (peer.version().isPresent()) {
                found.add(peer);
            } else {
                absent.put(peer.name(), "does not answer or is not installed (" + peer.remedy() + ')');
                say("without " + peer.name() + ": " + peer.remedy());
            }
        }
        return found;
    }

    /** A peer that lets strangers in would be compared for work it does not do. */
    private static void requireMutualTls(List<Ladder.Rung> rungs, CertificateFiles certificates, Work.Objects objects)
            throws IOException {
        try (LoadClient stranger = new LoadClient(ClientTls.anonymous(certificates.ca()))) {
            for (Ladder.Rung rung : rungs) {
                if (rung.target().tls() && answers(stranger, rung.target(), objects.small())) {
                    throw new IOException(
                            rung.name() + ": answered a client without a certificate (expected: refused)");
                }
            }
        }
    }

    private static boolean answers(LoadClient client, Target target, BenchObject object) {
        try {
            client.once(target, new Call.Get(object));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private List<Report.Row> rows() {
        return options.works().stream()
                .map(work -> {
                    Work.Unit unit = work.unit(options.scale());
                    return new Report.Row(work.title(options.scale()), unit.name(), unit.amount());
                })
                .toList();
    }

    private void publish(Report report) throws IOException {
        System.out.print(report.markdown());
        Path results = Files.createDirectories(options.root().resolve("bench/results"));
        String stamp = report.conditions().getOrDefault("date", "run").replace(':', '-');
        Path raw = results.resolve(stamp + '-' + (options.quick() ? "quick" : "full") + ".json");
        Files.writeString(raw, report.json());
        say("raw figures: " + raw);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
