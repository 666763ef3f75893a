package io.sealgate.core.rewrite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Denied;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.spi.ContentTypeDetector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When bytes are looked at, and what becomes of them. Which bytes are what is for the detector to know. */
class ContentTypeScreenTest {

    private static final byte[] PICTURE = "picture and so on".getBytes(US_ASCII);
    private static final byte[] PAGE = "page and so on".getBytes(US_ASCII);

    private final List<Integer> asked = new ArrayList<>();
    private final List<Denied> heard = new ArrayList<>();

    /** Bytes that begin with {@code picture} are a picture. */
    private final ContentTypeDetector detector = beginning -> {
        asked.add(beginning.length);
        boolean isPicture = new String(beginning, US_ASCII).startsWith("picture");
        return new ContentTypeDetector.Detected() {
            @Override
            public String type() {
                return isPicture ? "image/png" : "text/html";
            }

            @Override
            public boolean mayBe(String type) {
                return type.equals("image/*") ? isPicture : type.equals(type());
            }
        };
    };

    private UploadRules rules(DetectContentType detect, String... types) {
        UploadsConfig config =
                new UploadsConfig(null, null, List.of(types), detect, null, null, null, null, null, null);
        return new UploadRules(config, detector, false);
    }

    private @Nullable ContentTypeScreen screen(CosOperation operation, HttpHeaders headers, QueryParameter... query) {
        return rules(DetectContentType.VERIFY, "image/*").screen(operation, target(query), headers, heard::add);
    }

    private static CosTarget target(QueryParameter... query) {
        return new CosTarget(null, null, CosTarget.Naming.ROUTE, "localhost", "a.png", List.of(query));
    }

    private static HttpHeaders declaring(String... types) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String type : types) {
            headers.add("content-type", type);
        }
        return headers;
    }

    /** What is said of {@code body} in pieces of {@code size}, with the place where it was said. */
    private @Nullable Integer objectionAt(byte[] body, int size) {
        ContentTypeScreen screen = screen(CosOperation.PUT_OBJECT, declaring("image/png; q=1"));
        assertThat(screen).isNotNull();
        for (int at = 0; at < body.length; at += size) {
            ByteBuf piece = Unpooled.wrappedBuffer(body, at, Math.min(size, body.length - at));
            int before = piece.readerIndex();
            GatewayError error = screen.look(piece, at + size >= body.length);
            assertThat(piece.readerIndex()).isEqualTo(before);
            if (error != null) {
                assertThat(error).isEqualTo(new Denied("Access Denied.", "detected-type"));
                return at + piece.readableBytes();
            }
        }
        return null;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void shortBodiesAreJudgedByAllOfThemAtTheirEnd(int size) {
        assertThat(objectionAt(PICTURE, size)).isNull();
        assertThat(objectionAt(PAGE, size)).isEqualTo(PAGE.length);
        assertThat(asked).containsExactly(PICTURE.length, PAGE.length);
        assertThat(heard).containsExactly(new Denied("Access Denied.", "detected-type"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 8192, 100_000})
    void longBodiesAreJudgedOnceAndAsSoonAsPossible(int size) {
        byte[] page = new byte[100_000];
        System.arraycopy(PAGE, 0, page, 0, PAGE.length);
        byte[] picture = new byte[100_000];
        System.arraycopy(PICTURE, 0, picture, 0, PICTURE.length);

        assertThat(objectionAt(picture, size)).isNull();
        assertThat(objectionAt(page, size)).isBetween(8192, 8192 + size);
        assertThat(asked).containsExactly(8192, 8192);
    }

    @Test
    void anEmptyBodyIsNothingElse() {
        ContentTypeScreen screen = screen(CosOperation.PUT_OBJECT, declaring("image/png"));

        assertThat(screen).isNotNull();
        assertThat(screen.look(Unpooled.EMPTY_BUFFER, true)).isNull();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT_OBJECT, x, 1, true",
        "APPEND_OBJECT, position, 0, true",
        "APPEND_OBJECT, position, 00, true",
        "APPEND_OBJECT, position, '', true",
        "APPEND_OBJECT, position, 8191, true",
        "APPEND_OBJECT, position, 8192, false",
        "APPEND_OBJECT, position, 18446744073709551616, true",
        "UPLOAD_PART, partNumber, 1, true",
        "UPLOAD_PART, partNumber, 01, true",
        "UPLOAD_PART, partNumber, +1, true",
        "UPLOAD_PART, partNumber, 2, false",
        "UPLOAD_PART, partNumber, 10, false",
        "UPLOAD_PART, partNumber, 10000, false",
        "UPLOAD_PART, partNumber, 10001, true",
        "UPLOAD_PART, partNumber, 99999, true",
        "UPLOAD_PART, partNumber, 4294967297, true",
        "INITIATE_MULTIPART, x, 1, false",
        "PUT_OBJECT_TAGGING, x, 1, false",
    })
    void whatAnObjectBeginsWithIsLookedAt(CosOperation operation, String name, String value, boolean isLookedAt) {
        ContentTypeScreen screen = screen(operation, declaring("image/png"), new QueryParameter(name, value));

        assertThat(screen != null).isEqualTo(isLookedAt);
    }

    @Test
    void aFirstPartHasToBeOneOfTheRoutesTypesWhateverItSaysOfItself() {
        ContentTypeScreen screen =
                screen(CosOperation.UPLOAD_PART, declaring("text/html"), new QueryParameter("partNumber", "1"));

        assertThat(screen).isNotNull();
        assertThat(screen.look(Unpooled.wrappedBuffer(PAGE), true)).isNotNull();
    }

    @Test
    void whoWantsTypesVerifiedHasToSayWhich() {
        Problems problems = new Problems();

        new UploadsConfig(null, null, null, DetectContentType.VERIFY, null, null, null, null, null, null)
                .check(problems, "uploads");

        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("uploads.content-types: content-types: none");
    }

    @Test
    void nobodyLooksWhereNothingIsKnownOfWhatItShouldBe() {
        UploadRules any = rules(DetectContentType.VERIFY);

        assertThat(any.screen(CosOperation.PUT_OBJECT, target(), declaring(), heard::add))
                .isNull();
        assertThat(any.screen(
                        CosOperation.UPLOAD_PART,
                        target(new QueryParameter("partNumber", "1")),
                        declaring("a/b"),
                        heard::add))
                .isNull();
        assertThat(rules(DetectContentType.NONE, "image/*")
                        .screen(CosOperation.PUT_OBJECT, target(), declaring("image/png"), heard::add))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOAD_PART_COPY, '', true",
        "COPY_OBJECT, '', false",
        "COPY_OBJECT, Copy, false",
        "COPY_OBJECT, copy, false",
        "COPY_OBJECT, Replaced, true",
        "COPY_OBJECT, anything, true",
    })
    void bytesThatAreNotSeenGetNoTypeOfTheClients(CosOperation operation, String directive, boolean isDenied) {
        HttpHeaders headers = declaring("image/png");
        if (!directive.isEmpty()) {
            headers.add("x-cos-metadata-directive", directive);
        }

        GatewayError verified = judged(DetectContentType.VERIFY, operation, headers);

        assertThat(verified).isEqualTo(isDenied ? new Denied("Access Denied.", "content-type") : null);
        assertThat(judged(DetectContentType.NONE, operation, headers)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "APPEND_OBJECT, position, 0, 0, EntityTooSmall",
        "APPEND_OBJECT, position, 0, 1, EntityTooSmall",
        "APPEND_OBJECT, position, 0, 8191, EntityTooSmall",
        "APPEND_OBJECT, position, 0, 8192, ''",
        "APPEND_OBJECT, position, 1, 8192, AccessDenied",
        "APPEND_OBJECT, position, 8191, 8192, AccessDenied",
        "APPEND_OBJECT, position, 8192, 1, ''",
        "APPEND_OBJECT, position, 00, 8192, AccessDenied",
        "APPEND_OBJECT, position, 010000, 8192, AccessDenied",
        "APPEND_OBJECT, position, +1, 8192, AccessDenied",
        "APPEND_OBJECT, position, '', 8192, AccessDenied",
        "APPEND_OBJECT, position, 18446744073709551617, 8192, AccessDenied",
        "UPLOAD_PART, partNumber, 1, 0, EntityTooSmall",
        "UPLOAD_PART, partNumber, 1, 1, EntityTooSmall",
        "UPLOAD_PART, partNumber, 1, 8191, EntityTooSmall",
        "UPLOAD_PART, partNumber, 1, 8192, ''",
        "UPLOAD_PART, partNumber, 01, 1, EntityTooSmall",
        "UPLOAD_PART, partNumber, 4294967297, 1, EntityTooSmall",
        "UPLOAD_PART, partNumber, 2, 1, ''",
        "PUT_OBJECT, x, 1, 0, ''",
        "PUT_OBJECT, x, 1, 1, ''",
    })
    void aBeginningThatIsNotTheWholeObjectIsAsLongAsWhatIsLookedAt(
            CosOperation operation, String name, String value, long bytes, String code) {
        CosTarget target = target(new QueryParameter(name, value));
        BodyFraming framing = bytes == 0 ? new BodyFraming.None() : new BodyFraming.Fixed(bytes);
        HttpHeaders headers = declaring("image/png");

        GatewayError verified = rules(DetectContentType.VERIFY, "image/*").judge(operation, target, headers, framing);

        assertThat(verified == null ? "" : verified.code().code()).isEqualTo(code);
        assertThat(rules(DetectContentType.NONE, "image/*").judge(operation, target, headers, framing))
                .isNull();
    }

    @Test
    void aDeclarationThatCannotBeReadCannotBeVerified() {
        UploadRules any = rules(DetectContentType.VERIFY);
        for (HttpHeaders unreadable : List.of(declaring("image"), declaring("a/b, c/d"), declaring("a/b", "c/d"))) {
            assertThat(any.judge(CosOperation.PUT_OBJECT, target(), unreadable, new BodyFraming.Fixed(1)))
                    .isEqualTo(new Denied("Access Denied.", "content-type"));
        }
        assertThat(any.judge(CosOperation.PUT_OBJECT, target(), declaring(), new BodyFraming.Fixed(1)))
                .isNull();
    }

    private @Nullable GatewayError judged(DetectContentType detect, CosOperation operation, HttpHeaders headers) {
        return rules(detect, "image/*").judge(operation, target(), headers, new BodyFraming.None());
    }
}
