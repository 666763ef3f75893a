package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Denied;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.spi.ContentTypeDetector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UploadRulesTest {

    private static final BodyFraming LONG = new BodyFraming.Fixed(1000);

    private static final UploadsConfig STRICT = new UploadsConfig(
            ByteSize.parse("5MiB"),
            ByteSize.parse("10"),
            List.of("image/*", "application/json"),
            DetectContentType.NONE,
            List.of("jpg", "json"),
            ForbidOverwrite.TRUE,
            "STANDARD_IA",
            null,
            null,
            819_200);

    private static CosTarget target(String key, QueryParameter... query) {
        return new CosTarget(null, null, CosTarget.Naming.ROUTE, "localhost", key, List.of(query));
    }

    private static HttpHeaders headers(String... pairs) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static @Nullable String reason(CosOperation operation, String key, HttpHeaders headers) {
        GatewayError error =
                new UploadRules(STRICT, ContentTypeDetector.NONE, false).judge(operation, target(key), headers, LONG);
        return error == null ? null : ((Denied) error).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png,",
        "image/png;a=b; c=\"d e\",",
        "'image/png, text/html',content-type",
        "'image/png;a=\"b,text/html\"',content-type",
        "image/png text/html,content-type",
        "'application/json; x=y, text/html',content-type",
        "image/../text/html,content-type",
        "image/*,content-type",
        "image/png;,content-type",
        "IMAGE/PNG; charset=x,",
        "application/json,",
        "image/,content-type",
        "imagex/png,content-type",
        "text/html,content-type",
        "application/json5,content-type",
        "'',content-type"
    })
    void declaredTypeMustBeOneOfTheRoutes(String type, @Nullable String reason) {
        assertThat(reason(CosOperation.PUT_OBJECT, "a.jpg", headers("content-type", type)))
                .isEqualTo(reason);
    }

    @Test
    void undeclaredTypeIsNotAllowedAndACopyHasItsSources() {
        assertThat(reason(CosOperation.PUT_OBJECT, "a.jpg", headers())).isEqualTo("content-type");
        assertThat(reason(CosOperation.COPY_OBJECT, "a.jpg", headers())).isNull();
        assertThat(reason(CosOperation.COPY_OBJECT, "a.jpg", headers("content-type", "text/html")))
                .isEqualTo("content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "Copy,",
        "COPY,",
        "Replaced,content-type",
        "REPLACE,content-type",
        "replaced,content-type",
        "'',content-type",
        "Update,content-type"
    })
    void aCopyThatReplacesMetadataHasNoTypeOfItsSource(String directive, @Nullable String reason) {
        assertThat(reason(CosOperation.COPY_OBJECT, "a.jpg", headers("x-cos-metadata-directive", directive)))
                .isEqualTo(reason);
        assertThat(reason(
                        CosOperation.COPY_OBJECT,
                        "a.jpg",
                        headers("x-cos-metadata-directive", directive, "content-type", "image/png")))
                .isNull();
    }

    @Test
    void twoTypesAreNone() {
        HttpHeaders both = headers("content-type", "image/png", "content-type", "image/png");

        assertThat(reason(CosOperation.PUT_OBJECT, "a.jpg", both)).isEqualTo("content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg,",
        "d/a.JPG,",
        "a.b.json,",
        "a.exe,extension",
        "a.jpg.exe,extension",
        "a.j\u017Fon,extension",
        "a.J\u017FON,extension",
        "jpg,extension",
        ".jpg,extension",
        "a.jpg/b,extension",
        "a.jpg/,extension"
    })
    void keyMustEndInOneOfTheRoutesExtensions(String key, @Nullable String reason) {
        assertThat(reason(CosOperation.PUT_OBJECT, key, headers("content-type", "image/png")))
                .isEqualTo(reason);
    }

    @Test
    void anotherStorageClassThanTheRoutesIsDenied() {
        HttpHeaders other = headers("content-type", "image/png", "x-cos-storage-class", "ARCHIVE");
        HttpHeaders same = headers("content-type", "image/png", "x-cos-storage-class", "STANDARD_IA");

        assertThat(reason(CosOperation.PUT_OBJECT, "a.jpg", other)).isEqualTo("storage-class");
        assertThat(reason(CosOperation.PUT_OBJECT, "a.jpg", same)).isNull();
    }

    @Test
    void aSecondTrafficLimitInTheQueryIsDenied() {
        CosTarget faster = target("a.jpg", new QueryParameter("x-cos-traffic-limit", "838860800"));
        HttpHeaders headers = headers("content-type", "image/png");

        assertThat(new UploadRules(STRICT, ContentTypeDetector.NONE, false)
                        .judge(CosOperation.PUT_OBJECT, faster, headers, LONG))
                .isEqualTo(new Denied("Access Denied.", "traffic-limit"));
        assertThat(new UploadRules(UploadsConfig.none(), ContentTypeDetector.NONE, false)
                        .judge(CosOperation.PUT_OBJECT, faster, headers, LONG))
                .isNull();
    }

    @Test
    void uploadsBelowTheLeastSizeAreRefusedUnread() {
        UploadRules rules = new UploadRules(STRICT, ContentTypeDetector.NONE, false);
        HttpHeaders image = headers("content-type", "image/png");

        assertThat(rules.judge(CosOperation.PUT_OBJECT, target("a.jpg"), image, new BodyFraming.Fixed(9)))
                .extracting(error -> error.code().code())
                .isEqualTo("EntityTooSmall");
        assertThat(rules.judge(CosOperation.PUT_OBJECT, target("a.jpg"), image, new BodyFraming.Fixed(10)))
                .isNull();
        assertThat(rules.judge(CosOperation.PUT_OBJECT, target("a.jpg"), image, new BodyFraming.None()))
                .extracting(error -> error.code().code())
                .isEqualTo("EntityTooSmall");
        assertThat(rules.judge(CosOperation.PUT_OBJECT, target("a.jpg"), image, new BodyFraming.Streamed()))
                .extracting(error -> error.code().code())
                .isEqualTo("MissingContentLength");
        assertThat(rules.judge(CosOperation.INITIATE_MULTIPART, target("a.jpg"), image, new BodyFraming.None()))
                .isNull();
    }

    @Test
    void reasonIsForTheLogUnlessTheRouteRevealsIt() {
        assertThat(new UploadRules(STRICT, ContentTypeDetector.NONE, true)
                        .judge(CosOperation.PUT_OBJECT, target("a.exe"), headers(), LONG))
                .isEqualTo(new Denied("Access Denied: extension.", "extension"));
        assertThat(new UploadRules(STRICT, ContentTypeDetector.NONE, false)
                        .judge(CosOperation.PUT_OBJECT, target("a.exe"), headers(), LONG))
                .isEqualTo(new Denied("Access Denied.", "extension"));
    }

    @Test
    void whatTheRouteAddsReplacesWhatTheClientSays() {
        HttpHeaders headers = headers("x-cos-forbid-overwrite", "false", "x-cos-traffic-limit", "838860800");

        new UploadRules(STRICT, ContentTypeDetector.NONE, false).addTo(CosOperation.PUT_OBJECT, headers);

        assertThat(headers.getAll("x-cos-forbid-overwrite")).containsExactly("true");
        assertThat(headers.getAll("x-cos-traffic-limit")).containsExactly("819200");
        assertThat(headers.getAll("x-cos-storage-class")).containsExactly("STANDARD_IA");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT_OBJECT,true,true,true",
        "COPY_OBJECT,true,true,false",
        "INITIATE_MULTIPART,true,true,false",
        "COMPLETE_MULTIPART,true,false,false",
        "APPEND_OBJECT,false,true,true",
        "UPLOAD_PART,false,false,true"
    })
    void everyHeaderGoesWhereCosTakesIt(CosOperation operation, boolean forbids, boolean stores, boolean limits) {
        HttpHeaders headers = headers();

        new UploadRules(STRICT, ContentTypeDetector.NONE, false).addTo(operation, headers);

        assertThat(headers.contains("x-cos-forbid-overwrite")).isEqualTo(forbids);
        assertThat(headers.contains("x-cos-storage-class")).isEqualTo(stores);
        assertThat(headers.contains("x-cos-traffic-limit")).isEqualTo(limits);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT_OBJECT,true",
        "COPY_OBJECT,true",
        "INITIATE_MULTIPART,true",
        "COMPLETE_MULTIPART,true",
        "APPEND_OBJECT,false",
        "UPLOAD_PART,false",
        "DELETE_OBJECT,false"
    })
    void theOriginIsAskedFirstWhereSomethingMightBeOverwrittenAndTheRouteWantsThat(
            CosOperation operation, boolean asks) {
        UploadsConfig headFirst =
                new UploadsConfig(null, null, null, null, null, ForbidOverwrite.HEAD_FIRST, null, null, null, null);
        HttpHeaders headers = headers();

        new UploadRules(headFirst, ContentTypeDetector.NONE, false).addTo(operation, headers);

        assertThat(UploadRules.asksFirst(headFirst, operation)).isEqualTo(asks);
        assertThat(UploadRules.asksFirst(STRICT, operation)).isFalse();
        assertThat(headers.contains("x-cos-forbid-overwrite")).isEqualTo(asks);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "PUT_OBJECT",
                "APPEND_OBJECT",
                "INITIATE_MULTIPART",
                "COPY_OBJECT",
                "UPLOAD_PART",
                "UPLOAD_PART_COPY",
                "COMPLETE_MULTIPART"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsNoUploadIsLeftAlone(CosOperation operation) {
        HttpHeaders headers = headers();
        UploadRules rules = new UploadRules(STRICT, ContentTypeDetector.NONE, false);

        rules.addTo(operation, headers);

        assertThat(headers.isEmpty()).isTrue();
        assertThat(rules.judge(operation, target("a.exe"), headers, new BodyFraming.None()))
                .isNull();
    }

    @Test
    void everythingWrongInTheConfigurationIsToldWithItsPath() {
        Problems problems = new Problems();

        new UploadsConfig(
                        ByteSize.parse("1KiB"),
                        ByteSize.parse("2KiB"),
                        List.of("image/*", "Image/png", "png"),
                        null,
                        List.of("jpg", ".png"),
                        ForbidOverwrite.FALSE,
                        "standard",
                        null,
                        null,
                        1)
                .check(problems, "uploads");

        assertThat(problems.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "uploads.min-size",
                        "uploads.content-types[1]",
                        "uploads.content-types[2]",
                        "uploads.extensions[1]",
                        "uploads.storage-class",
                        "uploads.traffic-limit");
    }
}
