package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;

/** Bounds on the length of a path (RFC 5280 §4.2.1.9). */
final class PathLengthCases {

    private static final Issued ROOT = root("Root");

    private PathLengthCases() {}

    static Stream<PathCase> all() {
        return Stream.concat(lengths(), depths());
    }

    private static Stream<PathCase> lengths() {
        Issued zero = authority("Zero").pathLength(0).signedBy(ROOT);
        Issued one = authority("One").pathLength(1).signedBy(ROOT);
        Issued twoUnderOne = authority("Two").pathLength(2).signedBy(one);
        Issued zeroUnderTwo = authority("Zero")
                .pathLength(0)
                .signedBy(authority("Two").pathLength(2).signedBy(ROOT));
        KeyPair renewed = ec("secp256r1");
        Issued selfIssued = authority("One").keys(renewed).pathLength(1).signedBy(one);
        Issued shortRoot = authority("Short root").pathLength(0).selfSigned();
        return Stream.of(
                accept("limbo", "path length 0, client below")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(zero)),
                accept("limbo", "path length 1, client below")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(one)),
                refuse("limbo", "path length 0, CA below")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(authority("Below").signedBy(zero))),
                accept("limbo", "path length that grows downwards")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(twoUnderOne)),
                refuse("limbo", "path length that grows downwards, used up")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(authority("Below").signedBy(twoUnderOne))),
                refuse("limbo", "path length 0 under 2, CA below")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(authority("Below").signedBy(zeroUnderTwo))),
                accept("limbo", "self-issued intermediates do not count")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("Last").pathLength(0).signedBy(selfIssued))),
                refuse("limbo", "path length of the anchor")
                        .trusting(shortRoot)
                        .presenting(client("device").signedBy(authority("Below").signedBy(shortRoot))),
                accept("RFC 5280", "path length 0 of the anchor, client below")
                        .trusting(shortRoot)
                        .presenting(client("device").signedBy(shortRoot)));
    }

    private static Stream<PathCase> depths() {
        Issued first = authority("First").signedBy(ROOT);
        Issued again = authority("First").keys(ec("secp256r1")).signedBy(first);
        Issued second = authority("Second").signedBy(first);
        return Stream.of(
                accept("limbo", "max-depth 0, no intermediate")
                        .under(depth(0))
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(ROOT)),
                refuse("limbo", "max-depth 0, one intermediate")
                        .under(depth(0))
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(first)),
                accept("limbo", "max-depth 1, one intermediate")
                        .under(depth(1))
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(first)),
                refuse("limbo", "max-depth 1, two intermediates")
                        .under(depth(1))
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(second)),
                accept("limbo", "max-depth 1, two intermediates of which one is self-issued")
                        .under(depth(1))
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(again)));
    }

    private static TrustConfig depth(int most) {
        return new TrustConfig(List.of(), most, TrustConfig.ExtendedKeyUsage.REQUIRE, null, null);
    }
}
