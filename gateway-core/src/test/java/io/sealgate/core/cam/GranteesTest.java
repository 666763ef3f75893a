package io.sealgate.core.cam;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody has many names, an account has few. */
class GranteesTest {

    private static final List<String> WRITES =
            List.of("x-cos-grant-write", "X-Cos-Grant-Write-Acp", "x-cos-grant-full-control");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri=\"http://cam.qcloud.com/groups/global/AllUsers\"",
                "uri=\"http://cam.qcloud.com/groups/global/AuthenticatedUsers\"",
                "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"",
                "uri=\"http://acs.amazonaws.com/groups/global/AuthenticatedUsers\"",
                "URI=http://cam.qcloud.com/groups/global/allusers",
                "id=\"qcs::cam::anyone:anyone\"",
                "ID = \"qcs::cam::anyone:anyone\"",
                "id=\"qcs::cam::anonymous:anonymous\"",
                "id=\"anyone\"",
                "id=\"*\"",
                "id=\"0\"",
                "id=\"\"",
                "id=\"qcs::cam::uin/*:uin/*\"",
                "id=\"qcs::cam::uin/1:uin/*\"",
                "id=\"qcs::cam::uin/1:*\"",
                "id=\"100000000001\",uri=\"http://cam.qcloud.com/groups/global/AllUsers\"",
                "id=\"100000000001\" uri=\"http://cam.qcloud.com/groups/global/AllUsers\"",
                "id=\"100000000001\";id=\"qcs::cam::anyone:anyone\"",
                "id=\"100000000001\",",
                "id=\"100000000001",
                "id='100000000001'",
                "emailAddress=\"a@example.com\"",
                "100000000001",
                "\u00ff",
            })
    void whatIsNotCertainlyAnAccountMayBeEverybody(String grantees) {
        for (String header : WRITES) {
            assertThat(RequestedAccess.isPublicWrite(headers(header, grantees)))
                    .as(header)
                    .isTrue();
            assertThat(RequestedAccess.isPublicWrite(headers(header, "id=\"1\"").add(header, grantees)))
                    .isTrue();
        }
        assertThat(RequestedAccess.isPublicWrite(headers("x-cos-grant-read", grantees)))
                .isFalse();
        assertThat(RequestedAccess.isPublicWrite(headers("x-cos-grant-read-acp", grantees)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id=\"100000000001\"",
                "Id=100000000001",
                "uin=\"100000000001\"",
                "id=\"100000000001\",id=\"100000000002\"",
                "id=\"100000000001\" , id = \"100000000001/100000000011\"",
                "id=\"qcs::cam::uin/100000000001:uin/100000000011\"",
                "id=\"qcs::cam::uin/100000000001:roleName/writer_1\"",
            })
    void accountsAreNotEverybody(String grantees) {
        for (String header : WRITES) {
            assertThat(RequestedAccess.isPublicWrite(headers(header, grantees)))
                    .as(header)
                    .isFalse();
        }
    }

    private static HttpHeaders headers(String name, String value) {
        return DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add(name, value);
    }
}
