package io.sealgate.core.request;

import static io.sealgate.core.request.Heads.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationResolverTest {

    @ParameterizedTest
    @CsvSource({
        "HEAD,   /k,                              HEAD_OBJECT",
        "GET,    /k,                              GET_OBJECT",
        "GET,    /k?versionId=1,                  GET_OBJECT",
        "GET,    /k?response-content-type=a,      GET_OBJECT",
        "PUT,    /k,                              PUT_OBJECT",
        "DELETE, /k,                              DELETE_OBJECT",
        "POST,   /k?append&position=0,            APPEND_OBJECT",
        "POST,   /k?append=&position=0,           APPEND_OBJECT",
        "POST,   /k?uploads,                      INITIATE_MULTIPART",
        "POST,   /k?uploads=,                     INITIATE_MULTIPART",
        "PUT,    /k?partNumber=1&uploadId=u,      UPLOAD_PART",
        "PUT,    /k?uploadId=u&partNumber=1,      UPLOAD_PART",
        "GET,    /k?uploadId=u,                   LIST_PARTS",
        "POST,   /k?uploadId=u,                   COMPLETE_MULTIPART",
        "DELETE, /k?uploadId=u,                   ABORT_MULTIPART",
        "GET,    /k?tagging,                      GET_OBJECT_TAGGING",
        "PUT,    /k?tagging,                      PUT_OBJECT_TAGGING",
        "DELETE, /k?tagging,                      DELETE_OBJECT_TAGGING",
        "GET,    /k?acl,                          GET_OBJECT_ACL",
        "PUT,    /k?acl,                          PUT_OBJECT_ACL",
        "GET,    /,                               LIST_OBJECTS",
        "GET,    /?prefix=a&q-ak=b,               LIST_OBJECTS",
        "GET,    /?uploads,                       LIST_MULTIPART_UPLOADS",
        "GET,    /?uploads=&prefix=a,             LIST_MULTIPART_UPLOADS",
        "POST,   /?delete,                        DELETE_MULTIPLE_OBJECTS",
        "POST,   /?delete=,                       DELETE_MULTIPLE_OBJECTS",
        "HEAD,   /,                               HEAD_BUCKET",
        "PUT,    /k?q-sign-algorithm=sha1&q-signature=a&x-cos-security-token=t, PUT_OBJECT",
    })
    void operationIsTold(String method, String target, CosOperation operation) {
        assertThat(resolve(method, target)).isEqualTo(Judged.good(operation));
    }

    @ParameterizedTest
    @CsvSource({"/k, COPY_OBJECT", "/k?partNumber=1&uploadId=u, UPLOAD_PART_COPY"})
    void copySourceMakesACopy(String target, CosOperation operation) {
        assertThat(resolve("PUT", target, "x-cos-copy-source: a")).isEqualTo(Judged.good(operation));
        assertThat(resolve("PUT", target, "X-COS-Copy-Source:")).isEqualTo(Judged.good(operation));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,     /,                          METHOD_NOT_ALLOWED",
        "DELETE,  /,                          METHOD_NOT_ALLOWED",
        "POST,    /,                          METHOD_NOT_ALLOWED",
        "POST,    /k,                         METHOD_NOT_ALLOWED",
        "OPTIONS, /k,                         METHOD_NOT_ALLOWED",
        "PATCH,   /k,                         METHOD_NOT_ALLOWED",
        "PUT,     /k?uploads,                 METHOD_NOT_ALLOWED",
        "GET,     /k?append,                  METHOD_NOT_ALLOWED",
        "HEAD,    /k?uploadId=u,              METHOD_NOT_ALLOWED",
        "DELETE,  /k?acl,                     METHOD_NOT_ALLOWED",
        "POST,    /?uploads,                  METHOD_NOT_ALLOWED",
        "PUT,     /?acl,                      NOT_IMPLEMENTED",
        "GET,     /?acl,                      NOT_IMPLEMENTED",
        "PUT,     /?tagging,                  NOT_IMPLEMENTED",
        "PUT,     /?policy,                   NOT_IMPLEMENTED",
        "PUT,     /?cors=,                    NOT_IMPLEMENTED",
        "DELETE,  /?lifecycle,                NOT_IMPLEMENTED",
        "GET,     /?versions,                 NOT_IMPLEMENTED",
        "GET,     /?location,                 NOT_IMPLEMENTED",
        "POST,    /k?restore,                 NOT_IMPLEMENTED",
        "POST,    /k?select&select-type=2,    NOT_IMPLEMENTED",
        "PUT,     /k?retention,               NOT_IMPLEMENTED",
        "PUT,     /?%70olicy,                 NOT_IMPLEMENTED",
        "PUT,     /k?uploadId=u,              METHOD_NOT_ALLOWED",
        "PUT,     /k?partNumber=1,            INVALID_ARGUMENT",
        "GET,     /k?acl&tagging,             INVALID_ARGUMENT",
        "PUT,     /k?acl&partNumber=1&uploadId=u, INVALID_ARGUMENT",
        "POST,    /k?uploads&uploadId=u,      INVALID_ARGUMENT",
        "POST,    /k?delete,                  INVALID_ARGUMENT",
        "GET,     /?uploadId=u,               INVALID_ARGUMENT",
        "POST,    /?append,                   INVALID_ARGUMENT",
    })
    void whatIsNotServedIsNeverTakenForSomethingElse(String method, String target, CosErrorCode code) {
        assertThat(code(resolve(method, target))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/k"})
    void formUploadIsNotImplemented(String target) {
        Judged<CosOperation> operation = resolve("POST", target, "Content-Type: Multipart/Form-Data; boundary=x");

        assertThat(code(operation)).isEqualTo(CosErrorCode.NOT_IMPLEMENTED);
    }

    private static Judged<CosOperation> resolve(String method, String target, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = "Host: b-1.cos.ap-x.myqcloud.com";
        System.arraycopy(headers, 0, all, 1, headers.length);
        RequestHead head = Heads.good(raw(method + " " + target + " HTTP/1.1", all));
        return CosTargetParser.parse(head, host -> false)
                .then(parsed -> OperationResolver.resolve(head.method(), parsed, head.headers()));
    }

    private static CosErrorCode code(Judged<CosOperation> judged) {
        return judged.fold(
                value -> {
                    throw new AssertionError(value);
                },
                error -> error.code());
    }
}
