package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;

/** Validity (RFC 5280 §4.1.2.5). */
final class ValidityCases {

    private static final Issued ROOT = root("Root");
    private static final Instant FROM = NOW.truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));
    private static final Instant UNTIL = FROM.plus(Duration.ofDays(4));

    private static final Issued AROUND = authority("Around")
            .valid(FROM.minus(Duration.ofDays(30)), UNTIL.plus(Duration.ofDays(30)))
            .selfSigned();

    private ValidityCases() {}

    static Stream<PathCase> all() {
        return Stream.of(members(), boundaries(), encodings()).flatMap(cases -> cases);
    }

    private static Stream<PathCase> members() {
        Issued oldRoot = authority("Root").expired().selfSigned();
        Issued newRoot = authority("Root").notYetValid().selfSigned();
        return Stream.of(
                refuse("limbo", "client expired")
                        .trusting(ROOT)
                        .presenting(client("device").expired().signedBy(ROOT)),
                refuse("limbo", "client not yet valid")
                        .trusting(ROOT)
                        .presenting(client("device").notYetValid().signedBy(ROOT)),
                refuse("limbo", "intermediate expired")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA").expired().signedBy(ROOT))),
                refuse("RFC 5280", "intermediate not yet valid")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA").notYetValid().signedBy(ROOT))),
                refuse("limbo", "anchor expired")
                        .trusting(oldRoot)
                        .presenting(client("device").signedBy(oldRoot)),
                refuse("limbo", "anchor not yet valid")
                        .trusting(newRoot)
                        .presenting(client("device").signedBy(newRoot)),
                accept("RFC 5280", "client valid longer than its issuer, both valid now")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .valid(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(9000)))
                                .signedBy(ROOT)),
                refuse("RFC 5280", "client whose end is before its beginning")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .valid(FROM.plusSeconds(2), FROM.plusSeconds(1))
                                .signedBy(ROOT)));
    }

    private static Stream<PathCase> boundaries() {
        Issued leaf = client("device").valid(FROM, UNTIL).signedBy(AROUND);
        return Stream.of(
                at(accept("limbo", "at notBefore"), leaf, FROM),
                at(refuse("limbo", "a millisecond before notBefore"), leaf, FROM.minusMillis(1)),
                at(refuse("limbo", "a second before notBefore"), leaf, FROM.minusSeconds(1)),
                at(accept("limbo", "at notAfter"), leaf, UNTIL),
                at(accept("limbo", "a millisecond after notAfter"), leaf, UNTIL.plusMillis(1)),
                at(refuse("limbo", "a second after notAfter"), leaf, UNTIL.plusSeconds(1)));
    }

    private static PathCase at(PathCase row, Issued leaf, Instant when) {
        return row.trusting(AROUND).presenting(leaf).at(when);
    }

    private static Stream<PathCase> encodings() {
        return Stream.of(
                timed(
                        accept("RFC 5280", "years after 2049 in GeneralizedTime"),
                        new DERUTCTime("200101000000Z"),
                        new DERGeneralizedTime("20600101000000Z")),
                timed(
                        accept("RFC 5280", "no well-defined end (9999-12-31)"),
                        new DERUTCTime("200101000000Z"),
                        new DERGeneralizedTime("99991231235959Z")),
                timed(
                        accept("RFC 5280", "UTCTime of the last century"),
                        new DERUTCTime("990101000000Z"),
                        new DERUTCTime("490101000000Z")),
                timed(
                        refuse("RFC 5280", "UTCTime 50 is 1950"),
                        new DERUTCTime("200101000000Z"),
                        new DERUTCTime("500101000000Z")),
                timed(
                        refuse("RFC 5280", "GeneralizedTime for a year before 2050"),
                        new DERGeneralizedTime("20200101000000Z"),
                        new DERUTCTime("490101000000Z")),
                timed(
                        refuse("RFC 5280", "UTCTime without seconds"),
                        new ASN1UTCTime("2001010000Z"),
                        new DERUTCTime("490101000000Z")),
                timed(
                        refuse("RFC 5280", "UTCTime with an offset"),
                        new ASN1UTCTime("200101000000+0100"),
                        new DERUTCTime("490101000000Z")),
                timed(
                        refuse("RFC 5280", "GeneralizedTime with fractions of a second"),
                        new DERUTCTime("200101000000Z"),
                        new DERGeneralizedTime("20600101000000.5Z")));
    }

    private static PathCase timed(PathCase row, ASN1Encodable from, ASN1Encodable until) {
        return row.trusting(ROOT)
                .presenting(client("device")
                        .surgery(fields -> {
                            fields.set(4, new DERSequence(new ASN1Encodable[] {from, until}));
                            return fields;
                        })
                        .signedBy(ROOT));
    }
}
