package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

/** Finding a path (RFC 4158, RFC 8446 §4.4.2). */
final class PathBuildingCases {

    private static final Issued ROOT = root("Root");
    private static final Issued OTHER_ROOT = root("Other root");
    private static final Issued MIDDLE = authority("Middle").signedBy(ROOT);
    private static final Issued LEAF = client("device").signedBy(MIDDLE);

    private PathBuildingCases() {}

    static Stream<PathCase> all() {
        return Stream.of(plainPaths(), backedOut(), loops()).flatMap(cases -> cases);
    }

    private static Stream<PathCase> plainPaths() {
        X509Certificate leaf = LEAF.certificate();
        X509Certificate middle = MIDDLE.certificate();
        Issued second = authority("Second").signedBy(MIDDLE);
        Issued below = client("device").signedBy(second);
        X509Certificate stranger = authority("Stranger").signedBy(OTHER_ROOT).certificate();
        return Stream.of(
                accept("RFC 5280", "client under a root")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(ROOT)),
                accept("RFC 5280", "client under an intermediate that it sends")
                        .trusting(ROOT)
                        .presenting(LEAF),
                accept("iOS SDK", "client sends nothing but its own, the intermediate is in the bundle")
                        .trusting(ROOT, MIDDLE)
                        .presenting(leaf),
                accept("iOS SDK", "one intermediate from the client, one from the bundle")
                        .trusting(ROOT, MIDDLE)
                        .presenting(below.certificate(), second.certificate()),
                refuse("limbo", "the intermediate is nowhere").trusting(ROOT).presenting(leaf),
                refuse("limbo", "the intermediate is trusted, the root is not")
                        .trusting(OTHER_ROOT, MIDDLE)
                        .presenting(leaf),
                accept("limbo", "the bundle has nothing but the intermediate, the client sends the root too")
                        .deviating(
                                "Trust begins at self-signed certificates; others in the bundle only help to build a path, because iOS clients send nothing but their own. `check` says so of a bundle that has no self-signed one.")
                        .trusting(middle)
                        .presenting(leaf, middle, ROOT.certificate()),
                refuse("limbo", "unknown root, sent along")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(OTHER_ROOT).certificate(), OTHER_ROOT.certificate()),
                refuse("RFC 5280", "unknown root of a trusted one's name")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(root("Root"))),
                refuse("RFC 5280", "self-signed client")
                        .trusting(ROOT)
                        .presenting(client("device").selfSigned()),
                refuse("RFC 5280", "nobody is trusted").trusting(new Issued[0]).presenting(LEAF),
                refuse("RFC 5280", "nothing is presented").trusting(ROOT).presenting(new X509Certificate[0]),
                accept("RFC 8446", "the root is sent along")
                        .trusting(ROOT)
                        .presenting(leaf, middle, ROOT.certificate()),
                accept("RFC 8446", "intermediates in the wrong order")
                        .trusting(ROOT)
                        .presenting(below.certificate(), middle, second.certificate()),
                accept("RFC 8446", "an intermediate twice").trusting(ROOT).presenting(leaf, middle, middle),
                accept("RFC 8446", "the client's certificate twice")
                        .trusting(ROOT)
                        .presenting(leaf, leaf, middle),
                accept("RFC 8446", "a stranger among the intermediates")
                        .trusting(ROOT)
                        .presenting(leaf, stranger, middle),
                refuse("RFC 8446", "the client's certificate is not the first")
                        .trusting(ROOT)
                        .presenting(middle, leaf),
                accept("limbo", "an expired certificate among the strangers")
                        .trusting(ROOT)
                        .presenting(
                                leaf,
                                middle,
                                authority("Old").expired().signedBy(OTHER_ROOT).certificate()));
    }

    private static Stream<PathCase> backedOut() {
        KeyPair keys = ec("secp256r1");
        Issued shortRoot = authority("Short root").pathLength(0).selfSigned();
        Issued byShort = authority("Cross").keys(keys).signedBy(shortRoot);
        Issued byLong = authority("Cross").keys(keys).signedBy(ROOT);
        Issued leaf = client("device").signedBy(byLong);
        KeyPair sameKeys = ec("secp256r1");
        Issued strictRoot = authority("Root").keys(sameKeys).pathLength(0).selfSigned();
        Issued laxRoot = authority("Root").keys(sameKeys).selfSigned();
        Issued under = authority("Middle").signedBy(laxRoot);
        Issued namesakes = client("device").signedBy(authority("Namesake").signedBy(ROOT));
        X509Certificate[] many = {
            namesakes.certificate(),
            authority("Namesake").signedBy(ROOT).certificate(),
            authority("Namesake").signedBy(ROOT).certificate(),
            authority("Namesake").signedBy(ROOT).certificate(),
            namesakes.chain().get(1)
        };
        Issued deep = authority("Deep")
                .signedBy(authority("D2").signedBy(authority("D1").signedBy(ROOT)));
        return Stream.of(
                accept("RFC 4158", "several intermediates of one name, the last is right")
                        .trusting(ROOT)
                        .presenting(many),
                refuse("RFC 4158", "several intermediates of one name, none is right")
                        .trusting(ROOT)
                        .presenting(many[0], many[1], many[2], many[3]),
                accept("RFC 4158", "one anchor's path length forbids, the other's does not")
                        .trusting(shortRoot, ROOT)
                        .presenting(leaf.certificate(), byShort.certificate(), byLong.certificate()),
                accept("RFC 4158", "two anchors of one key, one with too short a path length")
                        .trusting(strictRoot, laxRoot)
                        .presenting(client("device").signedBy(under)),
                accept("RFC 4158", "two anchors of one key, one expired")
                        .trusting(authority("Root").keys(sameKeys).expired().selfSigned(), laxRoot)
                        .presenting(client("device").signedBy(under)),
                accept("limbo", "the direct path and one over an expired cross-certificate of the root")
                        .trusting(ROOT, OTHER_ROOT)
                        .presenting(
                                LEAF.certificate(),
                                MIDDLE.certificate(),
                                authority("Root")
                                        .keys(pair(ROOT))
                                        .expired()
                                        .signedBy(OTHER_ROOT)
                                        .certificate()),
                accept("RFC 4158", "a path over four intermediates, and a shorter one that is not trusted")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(deep)));
    }

    private static KeyPair pair(Issued issued) {
        return new KeyPair(issued.certificate().getPublicKey(), issued.key());
    }

    private static Stream<PathCase> loops() {
        KeyPair a = ec("secp256r1");
        KeyPair b = ec("secp256r1");
        Issued aSelf = authority("A").keys(a).selfSigned();
        Issued bSelf = authority("B").keys(b).selfSigned();
        X509Certificate aByB = authority("A").keys(a).signedBy(bSelf).certificate();
        X509Certificate bByA = authority("B").keys(b).signedBy(aSelf).certificate();
        X509Certificate aByRoot = authority("A").keys(a).signedBy(ROOT).certificate();
        X509Certificate leaf = client("device").signedBy(aSelf).certificate();
        KeyPair one = ec("secp256r1");
        KeyPair two = ec("secp256r1");
        Issued oneSelf = authority("Same").keys(one).selfSigned();
        Issued twoSelf = authority("Same").keys(two).selfSigned();
        return Stream.of(
                refuse("limbo", "two CAs that sign each other").trusting(ROOT).presenting(leaf, aByB, bByA),
                refuse("limbo", "two keys of one CA that sign each other")
                        .trusting(ROOT)
                        .presenting(
                                client("device").signedBy(oneSelf).certificate(),
                                authority("Same").keys(one).signedBy(twoSelf).certificate(),
                                authority("Same").keys(two).signedBy(oneSelf).certificate()),
                accept("limbo", "two CAs that sign each other, and one way out")
                        .trusting(ROOT)
                        .presenting(leaf, aByB, bByA, aByRoot),
                refuse("limbo", "a hundred CAs in a row that lead nowhere")
                        .trusting(ROOT)
                        .presenting(row(100)),
                refuse("limbo", "as many CAs of one name as may be presented, in a row that leads nowhere")
                        .trusting(ROOT)
                        .presenting(namesakes(5)));
    }

    private static X509Certificate[] row(int length) {
        Issued last = root("CA 0");
        for (int i = 1; i < length; i++) {
            last = authority("CA " + i).signedBy(last);
        }
        return client("device").signedBy(last).chainArray();
    }

    private static X509Certificate[] namesakes(int length) {
        KeyPair keys = ec("secp256r1");
        Issued self = authority("CA").keys(keys).selfSigned();
        X509Certificate[] chain = new X509Certificate[length + 1];
        chain[0] = client("device").signedBy(self).certificate();
        for (int i = 1; i <= length; i++) {
            chain[i] = authority("CA").keys(keys).signedBy(self).certificate();
        }
        return chain;
    }
}
