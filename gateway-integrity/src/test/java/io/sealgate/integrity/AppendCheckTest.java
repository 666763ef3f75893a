package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.IntegrityConfig.ContentMd5;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTapFactory.Head;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.BodyTapFactory.Storing;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.TapResult.Matched;
import io.sealgate.core.spi.TapResult.Mismatched;
import io.sealgate.core.spi.TapResult.NotChecked;
import io.sealgate.integrity.crc64.Crc64Ecma;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppendCheckTest {

    private static final Crc64Kernel JAVA =
            KernelSelection.of(KernelSelection.Choice.JAVA).kernel();
    private static final CosResource LOG = new CosResource("bucket", "r", "log");

    private static final ClientKey CLIENT = ClientKey.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final AppendCheck check = new AppendCheck(AppendLedger.inMemory(10, Duration.ofMinutes(1)), JAVA);

    @Test
    void theFirstPieceIsAllThereIs() {
        assertThat(judge(0, "hello", crc("hello"), null)).isEqualTo(new Matched("crc64", crc("hello")));
        assertThat(judge(0, "hello", crc("other"), null)).isInstanceOf(Mismatched.class);
    }

    @Test
    void aLaterPieceIsComparedTogetherWithWhatIsRemembered() {
        judge(0, "hello", crc("hello"), null);

        assertThat(judge(5, " ", crc("hello "), null)).isEqualTo(new Matched("crc64", crc("hello ")));
        assertThat(judge(6, "world", crc("hello world"), null)).isEqualTo(new Matched("crc64", crc("hello world")));
        assertThat(judge(11, "!", crc("hello world?"), null)).isInstanceOf(Mismatched.class);
    }

    @Test
    void aLaterPieceIsComparedTogetherWithWhatTheOriginSaidBefore() {
        assertThat(judge(5, "world", crc("helloworld"), head(5, crc("hello"))))
                .isEqualTo(new Matched("crc64", crc("helloworld")));
        assertThat(judge(5, "world", crc("helloWorld"), head(5, crc("hello")))).isInstanceOf(Mismatched.class);
    }

    @Test
    void whatTheOriginSaysOfAnUncheckedPieceIsWhereTheNextOneBegins() {
        assertThat(judge(5, " ", crc("hello "), null)).isEqualTo(new NotChecked("crc64", crc(" "), "appended"));

        assertThat(judge(6, "world", crc("hello world"), null)).isEqualTo(new Matched("crc64", crc("hello world")));
    }

    @Test
    void whatHasBeenFoundWrongIsNothingToBuildOn() {
        judge(0, "hello", crc("hello"), null);
        judge(5, "a", crc("hellob"), null);

        assertThat(judge(6, "c", crc("helloac"), null)).isEqualTo(new NotChecked("crc64", crc("c"), "appended"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 5, normal,     hello, changed",
        "200, 4, appendable, hello, changed",
        "200, 5, '',         hello, changed",
        "200, 5, appendable, '',    absent",
        "403, 5, appendable, hello, head-failed",
        "404, 5, appendable, hello, head-failed",
        "206, 5, appendable, hello, head-failed",
    })
    void anOriginThatDoesNotSayIsNoAlarm(int status, String length, String type, String content, String reason) {
        HttpHeaders headers =
                new DefaultHttpHeaders().set("content-length", length).set("x-cos-object-type", type);
        if (!content.isEmpty()) {
            headers.set("x-cos-hash-crc64ecma", crc(content));
        }

        assertThat(judge(5, "world", crc("helloworld"), new Head(status, headers)))
                .isEqualTo(new NotChecked("crc64", crc("world"), reason));
    }

    @Test
    void anOriginThatDoesNotAnswerIsNoAlarm() {
        assertThat(judge(5, "world", crc("helloworld"), new Head(0, EmptyHttpHeaders.INSTANCE)))
                .isEqualTo(new NotChecked("crc64", crc("world"), "head-failed"));
    }

    @Test
    void whereNothingWasSentNothingCanHaveBeenSpoilt() {
        judge(0, "hello", crc("hello"), null);

        assertThat(judge(5, "", crc("other"), null)).isEqualTo(new NotChecked("crc64", crc(""), "changed"));
    }

    @Test
    void aDoubtGoesAwayIfThePieceIsStoredAsItWasSent() {
        judge(0, "hello", crc("hello"), null);
        Stored stored = stored("5", "world", crc("HELLOworld"), null);
        TapResult verdict = check.judge(stored, parsed("world"));
        Doubt doubt = Objects.requireNonNull(check.doubt(stored, parsed("world"), verdict));

        assertThat(verdict).isInstanceOf(Mismatched.class);
        assertThat(doubt.first()).isEqualTo(5);
        assertThat(doubt.bytes()).isEqualTo(5);
        doubt.tap().update(Unpooled.copiedBuffer("wor", UTF_8));
        doubt.tap().update(Unpooled.copiedBuffer("ld", UTF_8));
        assertThat(doubt.tap().finish()).isEqualTo(new Matched("crc64", crc("world")));
    }

    @Test
    void aDoubtIsConfirmedIfThePieceIsNotStoredAsItWasSent() {
        judge(0, "hello", crc("hello"), null);
        Stored stored = stored("5", "world", crc("helloWorld"), null);
        TapResult verdict = check.judge(stored, parsed("world"));
        Doubt doubt = Objects.requireNonNull(check.doubt(stored, parsed("world"), verdict));

        doubt.tap().update(Unpooled.copiedBuffer("World", UTF_8));

        assertThat(doubt.tap().finish()).isSameAs(verdict);
    }

    @Test
    void whatIsCertainIsNoDoubt() {
        Stored first = stored("0", "hello", crc("other"), null);
        assertThat(check.doubt(first, parsed("hello"), check.judge(first, parsed("hello"))))
                .isNull();

        Stored unknown = stored("5", "world", crc("other"), null);
        assertThat(check.doubt(unknown, parsed("world"), check.judge(unknown, parsed("world"))))
                .isNull();
    }

    @Test
    void theOriginIsAskedOnlyForWhatIsNotRemembered() {
        assertThat(check.wantsHead(storing(CosOperation.APPEND_OBJECT, "0"))).isFalse();
        assertThat(check.wantsHead(storing(CosOperation.APPEND_OBJECT, "5"))).isTrue();
        assertThat(check.wantsHead(storing(CosOperation.PUT_OBJECT, "5"))).isFalse();
        judge(0, "hello", crc("hello"), null);

        assertThat(check.wantsHead(storing(CosOperation.APPEND_OBJECT, "5"))).isFalse();
        assertThat(check.wantsHead(storing(CosOperation.APPEND_OBJECT, "4")))
                .as("the object is not as it is remembered")
                .isTrue();
    }

    @Test
    void aRouteThatDoesNotWantItAsksNothing() {
        IntegrityConfig on = IntegrityConfig.defaults();
        IntegrityConfig off = new IntegrityConfig(
                new IntegrityConfig.Upload(ContentMd5.VERIFY, Crc64.NONE, null), on.download(), on.verifyBuffer());

        assertThat(check.wantsHead(new Storing(
                        CosOperation.APPEND_OBJECT, off, LOG, List.of(new QueryParameter("position", "5")), CLIENT)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "-2", "+5", "05", "\u0665", "\uff15", "99999999999999999999"})
    void aPositionThatCannotBeReadIsNotChecked(String position) {
        assertThat(check.wantsHead(storing(CosOperation.APPEND_OBJECT, position)))
                .isFalse();
        assertThat(check.judge(stored(position, "a", crc("a"), null), parsed("a")))
                .isEqualTo(new NotChecked("crc64", crc("a"), "appended"));
    }

    private TapResult judge(long position, String piece, String said, @Nullable Head before) {
        return check.judge(stored(Long.toString(position), piece, said, before), parsed(piece));
    }

    private static Stored stored(String position, String piece, String said, @Nullable Head before) {
        HttpHeaders headers = new DefaultHttpHeaders().set("x-cos-hash-crc64ecma", said);
        return new Stored(
                storing(CosOperation.APPEND_OBJECT, position),
                before,
                piece.length(),
                List.of(),
                ByteBuffer.allocate(0),
                new Head(200, headers));
    }

    private static Storing storing(CosOperation operation, String position) {
        return new Storing(
                operation, IntegrityConfig.defaults(), LOG, List.of(new QueryParameter("position", position)), CLIENT);
    }

    private static Head head(long length, String crc64) {
        return new Head(
                200,
                new DefaultHttpHeaders()
                        .set("content-length", length)
                        .set("x-cos-object-type", "appendable")
                        .set("x-cos-hash-crc64ecma", crc64));
    }

    private static long parsed(String text) {
        return Long.parseUnsignedLong(crc(text));
    }

    private static String crc(String text) {
        Crc64Ecma crc64 = new Crc64Ecma();
        crc64.update(Unpooled.copiedBuffer(text, UTF_8));
        return crc64.text();
    }
}
