package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The CAs whose client certificates are accepted. Immutable.
 *
 * @param files         what each file holds, in the configured order
 * @param anchors       self-signed CA certificates: trust begins here
 * @param intermediates other CA certificates, trusted only if they lead to an anchor
 */
record TrustBundle(
        List<List<X509Certificate>> files, List<X509Certificate> anchors, List<X509Certificate> intermediates) {

    /** The message with these names has to fit into one TLS record, which all clients accept; the JDK's accept two. */
    private static final int MAX_NAME_OCTETS = 16_000;

    private static final String NO_ANCHOR = "bundle: 0 self-signed CA certificates (expected: at least one)";

    TrustBundle {
        files = List.copyOf(files);
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }

    /** Trust in nobody. */
    static TrustBundle empty() {
        return new TrustBundle(List.of(), List.of(), List.of());
    }

    /** Sorts certificates into anchors and the rest. */
    static TrustBundle of(List<X509Certificate> certificates) {
        return ofFiles(List.of(certificates));
    }

    private static TrustBundle ofFiles(List<List<X509Certificate>> files) {
        List<X509Certificate> anchors = new ArrayList<>();
        List<X509Certificate> intermediates = new ArrayList<>();
        for (List<X509Certificate> file : files) {
            for (X509Certificate certificate : file) {
                (Certificates.isSelfSigned(certificate) ? anchors : intermediates).add(certificate);
            }
        }
        return new TrustBundle(files, anchors, intermediates);
    }

    /**
     * The bundle of these files, or nothing and at least one problem.
     *
     * @param last what was loaded before, null the first time: a bad file keeps its last good content, and is reported
     */
    static Optional<TrustBundle> load(
            List<Path> files, AlgorithmStrength strength, @Nullable TrustBundle last, Problems problems, String path) {
        if (files.isEmpty()) {
            problems.add(path, "bundle: empty (expected: at least one PEM file with CA certificates)");
            return Optional.empty();
        }
        List<List<X509Certificate>> contents = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<List<X509Certificate>> content = read(files.get(i), strength, problems, path + "[" + i + "]");
            if (content.isPresent()) {
                contents.add(content.get());
            } else if (last != null) {
                contents.add(last.files().get(i));
            }
        }
        if (contents.size() < files.size()) {
            return Optional.empty();
        }
        if (last != null && ofFiles(contents).anchors.isEmpty()) {
            restoreAnchors(contents, last, problems, path);
        }
        return usable(ofFiles(contents), problems, path);
    }

    /** Without an anchor no client could connect: files that have lost theirs keep their last good content. */
    private static void restoreAnchors(
            List<List<X509Certificate>> contents, TrustBundle last, Problems problems, String path) {
        for (int i = 0; i < contents.size(); i++) {
            List<X509Certificate> before = last.files().get(i);
            if (before.stream().anyMatch(Certificates::isSelfSigned)) {
                contents.set(i, before);
                problems.add(path + "[" + i + "]", NO_ANCHOR);
            }
        }
    }

    private static Optional<List<X509Certificate>> read(
            Path file, AlgorithmStrength strength, Problems problems, String path) {
        try {
            List<X509Certificate> read = PemCertificates.read(file);
            return areAuthorities(read, strength, problems, path) ? Optional.of(read) : Optional.empty();
        } catch (TlsMaterialException e) {
            problems.add(path, e.problem());
            return Optional.empty();
        }
    }

    /** The CAs of files, whose contents are in the order of {@code paths}. */
    static Stream<CertificateInUse> inUse(List<Path> paths, List<List<X509Certificate>> contents) {
        return IntStream.range(0, contents.size()).boxed().flatMap(i -> contents.get(i).stream()
                .map(authority -> new CertificateInUse(
                        authority,
                        paths.get(i),
                        CertificateInUse.Use.AUTHORITY,
                        () -> "what it has signed is refused, unless there is a valid CA with its name and key")));
    }

    /** Whether {@code certificate} is in the bundle. Looks at each. */
    boolean contains(X509Certificate certificate) {
        return anchors.contains(certificate) || intermediates.contains(certificate);
    }

    /** Whether these may be in a bundle; reports those that may not. */
    static boolean areAuthorities(
            List<X509Certificate> certificates, AlgorithmStrength strength, Problems problems, String path) {
        AuthorityRules rules = new AuthorityRules(strength);
        boolean good = true;
        for (X509Certificate certificate : certificates) {
            Optional<String> flaw = rules.flaw(certificate).or(() -> flawOfForm(certificate));
            if (flaw.isPresent()) {
                problems.add(path, "certificate: " + Certificates.subject(certificate) + ": " + flaw.get());
                good = false;
            }
        }
        return good;
    }

    private static Optional<String> flawOfForm(X509Certificate certificate) {
        return NativeAuthority.isReadable(certificate)
                ? Optional.empty()
                : Optional.of(
                        "refused by BoringSSL (expected: DER, and names in the characters that they say they have)");
    }

    private static Optional<TrustBundle> usable(TrustBundle bundle, Problems problems, String path) {
        // An expired CA keeps out its own clients only.
        if (bundle.anchors.isEmpty()) {
            problems.add(path, NO_ANCHOR);
            return Optional.empty();
        }
        return Optional.of(bundle);
    }

    /**
     * The CAs that clients are told of, each name once, to choose their certificate by. None if there are too many:
     * a client that is told of none may present any certificate (RFC 5246 §7.4.4, RFC 8446 §4.2.4). The names have
     * two bytes for their length, BoringSSL fails every handshake if they need more, and clients give up earlier.
     */
    List<X509Certificate> announced() {
        Map<X500Principal, X509Certificate> named = new LinkedHashMap<>();
        all().forEach(authority -> named.putIfAbsent(authority.getSubjectX500Principal(), authority));
        return octets(named.keySet()) > MAX_NAME_OCTETS ? List.of() : List.copyOf(named.values());
    }

    private static int octets(Collection<X500Principal> names) {
        return names.stream()
                .mapToInt(name -> Short.BYTES + name.getEncoded().length)
                .sum();
    }

    /** Warns if clients are told of no CA. */
    void warnOfNames(Problems warnings, String path) {
        if (!anchors.isEmpty() && announced().isEmpty()) {
            warnings.add(
                    path,
                    "names of CAs: more than " + MAX_NAME_OCTETS
                            + " bytes (expected: fewer, clients are told of none and may present any certificate)");
        }
    }

    /**
     * Some clients, the JDK's for one, hold what a server can verify in a handshake against all certificates of
     * a chain.
     */
    void warnOfKeys(Problems warnings, String path) {
        all().forEach(authority -> HandshakeKeys.obstacle(authority)
                .ifPresent(obstacle -> warnings.add(
                        path,
                        "certificate: " + Certificates.subject(authority) + ": " + obstacle
                                + "; some clients present no certificate that it has signed")));
    }

    /**
     * Anchors and intermediates: a client that holds nothing but its own certificate finds its issuer's name among
     * them.
     */
    Stream<X509Certificate> all() {
        return Stream.concat(anchors.stream(), intermediates.stream());
    }
}
