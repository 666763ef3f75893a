package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.BUCKET;
import static io.sealgate.core.planning.PlanFixture.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestForm;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of every operation there is: what could name another key is a second resource that is judged, or is refused. */
class SecondResourceSweepTest {

    private static final List<String> HEADERS = List.of(
            "x-cos-copy-source: " + HOST + "/admin/secret",
            "x-amz-copy-source: " + BUCKET + "/admin/secret",
            "x-cos-rename-source: /admin/secret",
            "x-cos-source-key: admin/secret",
            "x-cos-website-redirect-location: /admin/secret",
            "x-amz-website-redirect-location: /admin/secret",
            "x-cos-callback: e30=",
            "x-cos-move-source: /admin/secret",
            "x-cos-symlink-target: admin/secret",
            "pic-operations: {\"rules\":[{\"fileid\":\"/admin/secret\",\"rule\":\"r\"}]}");

    private static final List<String> PARAMETERS =
            List.of("prefix=adm", "marker=adm", "key-marker=adm", "fileid=%2Fadmin%2Fsecret", "list-type=2&prefix=adm");

    @ParameterizedTest
    @EnumSource
    void noOperationTakesTheNameOfAKeyThatIsKeptFromTheClient(CosOperation operation) {
        for (boolean signs : new boolean[] {true, false}) {
            PlanFixture fixture = fixture(signs);
            for (String header : HEADERS) {
                assertThat(fixture.plan(line(operation, ""), header)).as(header).isInstanceOf(Plan.Reply.class);
            }
            for (String parameter : PARAMETERS) {
                assertThat(fixture.plan(line(operation, parameter)))
                        .as(parameter)
                        .isInstanceOf(Plan.Reply.class);
            }
        }
    }

    /** Administrators alone have {@code /admin/**}; the rest is everybody's, the configuration of the bucket too. */
    private static PlanFixture fixture(boolean signs) {
        String[] everything = {"all", "restore", "lock", "configuration"};
        return PlanFixture.of(
                signs,
                PolicySource.NONE,
                PlanFixture.NO_LISTS,
                List.of(
                        RouteDraft.at("admin", "/admin/**").forAdmins().serving("read", "write", "list"),
                        RouteDraft.at("all", "/**").serving(everything)));
    }

    private static String line(CosOperation operation, String parameter) {
        RequestForm form = operation.form();
        String query = form.subresources().stream()
                .map(SecondResourceSweepTest::withValue)
                .collect(Collectors.joining("&"));
        String all = query.isEmpty() || parameter.isEmpty() ? query + parameter : query + "&" + parameter;
        return form.method() + " /" + (form.isOnBucket() ? "" : "mine") + (all.isEmpty() ? "" : "?" + all);
    }

    private static String withValue(String subresource) {
        return switch (subresource) {
            case "uploadId", "id" -> subresource + "=x";
            case "partNumber" -> "partNumber=1";
            case "select-type" -> "select-type=2";
            case "append" -> "append&position=0";
            default -> subresource;
        };
    }
}
