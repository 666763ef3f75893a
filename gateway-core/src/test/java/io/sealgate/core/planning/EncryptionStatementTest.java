package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.encrypting;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.planning.ClosedListTest.Samples;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every subset of the encryption headers, in COS's words and in S3's, on every operation that takes any: whatever a
 * client leaves out or invents, an object of a route with encryption is encrypted by the route or by a complete
 * statement of the client's.
 */
class EncryptionStatementTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String KEY_MD5 = "cLyL0MjFXi3n1fxWsqNAig==";
    private static final List<String> MODES = List.of("", "AES256", "SM4", "cos/kms", "aws:kms", "aes256");

    private static final Set<CosOperation> OPERATIONS = Set.of(
            CosOperation.PUT_OBJECT,
            CosOperation.COPY_OBJECT,
            CosOperation.APPEND_OBJECT,
            CosOperation.INITIATE_MULTIPART,
            CosOperation.UPLOAD_PART,
            CosOperation.UPLOAD_PART_COPY,
            CosOperation.LIST_PARTS,
            CosOperation.COMPLETE_MULTIPART,
            CosOperation.ABORT_MULTIPART,
            CosOperation.GET_OBJECT,
            CosOperation.HEAD_OBJECT,
            CosOperation.DELETE_OBJECT);

    /** Of an upload that has begun: COS ignores there what is said of its object, but for the key of a part. */
    private static final Set<CosOperation> CONTINUE_UPLOAD = Set.of(
            CosOperation.UPLOAD_PART,
            CosOperation.UPLOAD_PART_COPY,
            CosOperation.LIST_PARTS,
            CosOperation.COMPLETE_MULTIPART,
            CosOperation.ABORT_MULTIPART);

    private static final Set<CosOperation> COPIES = Set.of(CosOperation.COPY_OBJECT, CosOperation.UPLOAD_PART_COPY);

    private static final Set<CosOperation> TAKES_CUSTOMER_KEY = Set.of(
            CosOperation.UPLOAD_PART, CosOperation.UPLOAD_PART_COPY, CosOperation.GET_OBJECT, CosOperation.HEAD_OBJECT);

    /** How a client spells the names. */
    private enum Spelling {
        COS("x-cos-", "-cos-kms-key-id"),
        S3("x-amz-", "-aws-kms-key-id");

        private final String prefix;
        private final String keyId;

        Spelling(String prefix, String keyId) {
            this.prefix = prefix;
            this.keyId = keyId;
        }

        String sse() {
            return prefix + "server-side-encryption";
        }
    }

    /** Bits: key id, context, algorithm, key, digest; then the three of the source. */
    private record Statement(Spelling spelling, String mode, int bits) {

        boolean has(int bit) {
            return (bits & (1 << bit)) != 0;
        }

        List<String> headers() {
            String customer = spelling.sse() + "-customer-";
            String source = spelling.prefix + "copy-source-server-side-encryption-customer-";
            List<String> all = List.of(
                    spelling.sse() + spelling.keyId + ": key-1",
                    spelling.sse() + "-context: e30=",
                    customer + "algorithm: AES256",
                    customer + "key: " + KEY,
                    customer + "key-MD5: " + KEY_MD5,
                    source + "algorithm: AES256",
                    source + "key: " + KEY,
                    source + "key-MD5: " + KEY_MD5);
            List<String> headers = new ArrayList<>();
            if (!mode.isEmpty()) {
                headers.add(spelling.sse() + ": " + mode);
            }
            for (int bit = 0; bit < all.size(); bit++) {
                if (has(bit)) {
                    headers.add(all.get(bit));
                }
            }
            return headers;
        }

        /** The mode as COS is told of it. */
        String said() {
            return spelling == Spelling.S3 && mode.equals("aws:kms") ? "cos/kms" : mode;
        }

        boolean isManaged() {
            return !mode.isEmpty() || has(0) || has(1);
        }

        int customerHeaders() {
            return Integer.bitCount((bits >> 2) & 7);
        }

        int sourceHeaders() {
            return Integer.bitCount(bits >> 5);
        }

        boolean isTakenBy(CosOperation operation) {
            boolean isOfObject = operation.is(CosOperation.Trait.BEGINS_OBJECT) || CONTINUE_UPLOAD.contains(operation);
            return (!isManaged() || isOfObject)
                    && (customerHeaders() == 0 || isOfObject || TAKES_CUSTOMER_KEY.contains(operation))
                    && (sourceHeaders() == 0 || COPIES.contains(operation));
        }

        boolean isWhole() {
            boolean isKnown =
                    switch (said()) {
                        case "" -> !has(0) && !has(1);
                        case "AES256", "SM4" -> !has(0) && !has(1) && customerHeaders() == 0;
                        case "cos/kms" -> customerHeaders() == 0;
                        default -> false;
                    };
            return isKnown && customerHeaders() % 3 == 0 && sourceHeaders() % 3 == 0;
        }
    }

    /** Of what is no copy only one header about a source: it is refused as all of them are. */
    private static Stream<Statement> statements(CosOperation operation) {
        int end = COPIES.contains(operation) ? 256 : 64;
        return Stream.of(Spelling.values()).flatMap(spelling -> MODES.stream()
                .flatMap(mode -> Stream.iterate(0, bits -> bits < end, bits -> bits + 1)
                        .map(bits -> new Statement(spelling, mode, bits))));
    }

    static Stream<Arguments> routes() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(WhenClientSends.values()).map(when -> Arguments.of(mode, when)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void noStatementSwitchesTheRoutesEncryptionOffUnlessItIsComplete(Mode mode, WhenClientSends when) {
        Map<CosOperation, Integer> sent = new EnumMap<>(CosOperation.class);
        PlanFixture planner =
                PlanFixture.signing(encrypting(new EncryptionConfig(mode, null, Map.of(), when), ClosedListTest.ALL));
        for (CosOperation operation : OPERATIONS) {
            statements(operation).forEach(statement -> {
                String[] headers =
                        Samples.headers(operation, statement.headers().toArray(String[]::new));

                Plan plan = Samples.finish(operation, planner.plan(Samples.line(operation), headers));

                assertThat(outcome(plan))
                        .as("%s %s", operation, statement)
                        .isEqualTo(expected(operation, statement, mode, when));
                sent.merge(operation, plan instanceof Plan.Forward ? 1 : 0, Integer::sum);
            });
        }
        assertThat(sent.values()).allMatch(count -> count > 0);
    }

    /** What COS would encrypt with, or the code of the refusal. */
    private static String outcome(Plan plan) {
        if (!(plan instanceof Plan.Forward)) {
            return PlanFixture.error(plan).code().code();
        }
        HttpHeaders headers = PlanFixture.forwarded(plan).toHttp().headers();
        List<String> encryption = new ArrayList<>();
        headers.forEach(header -> {
            if (header.getKey().contains("server-side-encryption")) {
                encryption.add(header.getKey().toLowerCase(Locale.ROOT) + "=" + header.getValue());
            }
        });
        Collections.sort(encryption);
        return encryption.toString();
    }

    private static String expected(CosOperation operation, Statement statement, Mode mode, WhenClientSends when) {
        boolean isSaid = !statement.headers().isEmpty();
        if (isSaid
                && (when == WhenClientSends.REJECT
                        || (when == WhenClientSends.KEEP && !statement.isTakenBy(operation)))) {
            return CosErrorCode.ACCESS_DENIED.code();
        }
        if (when == WhenClientSends.KEEP && !statement.isWhole()) {
            return CosErrorCode.INVALID_ARGUMENT.code();
        }
        List<String> encryption = new ArrayList<>();
        boolean isKept = when == WhenClientSends.KEEP;
        boolean isIgnored = CONTINUE_UPLOAD.contains(operation);
        if (isKept) {
            Statement inCosWords = new Statement(
                    Spelling.COS,
                    isIgnored ? "" : statement.said(),
                    statement.bits() & (isIgnored ? heeded(operation) : ~0));
            inCosWords.headers().forEach(header -> encryption.add(lowerName(header)));
        }
        boolean hasOwn = isKept && (statement.isManaged() || statement.customerHeaders() > 0);
        if (!hasOwn && mode != Mode.NONE && operation.is(CosOperation.Trait.BEGINS_OBJECT)) {
            encryption.add("x-cos-server-side-encryption=" + (mode == Mode.SSE_COS ? "AES256" : "cos/kms"));
        }
        Collections.sort(encryption);
        return encryption.toString();
    }

    /** The headers that COS heeds on a request of an upload that has begun, as bits. */
    private static int heeded(CosOperation operation) {
        int source = COPIES.contains(operation) ? 0b111_00000 : 0;
        return TAKES_CUSTOMER_KEY.contains(operation) ? 0b111_00 | source : source;
    }

    /** Names of encryption that neither the gateway nor COS knows are treated alike in both dialects. */
    @ParameterizedTest
    @EnumSource(WhenClientSends.class)
    void unknownNamesFareAlikeInBothDialects(WhenClientSends when) {
        PlanFixture planner = PlanFixture.signing(
                encrypting(new EncryptionConfig(Mode.SSE_COS, null, Map.of(), when), ClosedListTest.ALL));
        List<String> names = List.of(
                "server-side-encryption-bucket-key-enabled",
                "server-side-encryption-unheard-of",
                "server-side-encryption-customer-",
                "server-side-encryption-customer-key-sha256",
                "server-side-encryption2",
                "copy-source-server-side-encryption",
                "copy-source-server-side-encryption-unheard-of");
        for (CosOperation operation : OPERATIONS) {
            for (String name : names) {
                for (Spelling spelling : Spelling.values()) {
                    String[] headers = Samples.headers(operation, spelling.prefix + name + ": true");
                    Plan plan = Samples.finish(operation, planner.plan(Samples.line(operation), headers));

                    boolean isInjected = operation.is(CosOperation.Trait.BEGINS_OBJECT);
                    assertThat(outcome(plan))
                            .as("%s %s%s", operation, spelling.prefix, name)
                            .isEqualTo(
                                    when != WhenClientSends.REPLACE
                                            ? CosErrorCode.ACCESS_DENIED.code()
                                            : isInjected ? "[x-cos-server-side-encryption=AES256]" : "[]");
                }
            }
        }
    }

    private static String lowerName(String header) {
        int colon = header.indexOf(": ");
        return header.substring(0, colon).toLowerCase(Locale.ROOT) + "=" + header.substring(colon + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "AES128, KEY, MD5",
        "aes256, KEY, MD5",
        "AES256, short, MD5",
        "AES256, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, MD5",
        "AES256, KEY, cLyL0MjFXi3n1fxWsqNAig",
        "AES256, KEY, KEY"
    })
    void aCustomersKeyIsAKey(String algorithm, String key, String md5) {
        String sse = "x-cos-server-side-encryption-customer-";
        PlanFixture planner = keeping(Mode.SSE_COS);

        CosErrorCode code = planner.refusal(
                "PUT /k",
                sse + "algorithm: " + algorithm,
                sse + "key: " + key.replace("KEY", KEY),
                sse + "key-MD5: " + md5.replace("MD5", KEY_MD5).replace("KEY", KEY));

        assertThat(code).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:kms:dsse", "none", "AES256,cos/kms", "aws:kms,AES256", "KMS"})
    void anUnknownModeIsRefusedInEitherSpelling(String mode) {
        for (String prefix : List.of("x-cos-", "X-Amz-")) {
            assertThat(keeping(Mode.SSE_COS).refusal("PUT /k", prefix + "server-side-encryption: " + mode))
                    .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
        }
    }

    @Test
    void anEmptyHeaderSaysNothing() {
        HttpHeaders sent = keeping(Mode.SSE_COS)
                .sent("PUT /k", "x-cos-server-side-encryption:", "x-amz-server-side-encryption-context:")
                .headers();

        assertThat(sent.get("x-cos-server-side-encryption")).isEqualTo("AES256");
    }

    @ParameterizedTest
    @CsvSource({
        "x-cos-server-side-encryption: AES256, x-amz-server-side-encryption: AES256",
        "x-cos-server-side-encryption: cos/kms, x-amz-server-side-encryption: AES256",
        "x-cos-server-side-encryption: AES256, X-COS-Server-Side-Encryption: AES256"
    })
    void aModeIsSaidOnce(String first, String second) {
        assertThat(keeping(Mode.SSE_COS).refusal("PUT /k", first, second)).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    private static PlanFixture keeping(Mode mode) {
        return PlanFixture.signing(encrypting(new EncryptionConfig(mode, null, Map.of(), WhenClientSends.KEEP), "all"));
    }
}
