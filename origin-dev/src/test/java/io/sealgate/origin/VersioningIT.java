package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersioningIT {
    private static final String ID = "x-cos-version-id";

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory, options -> options.versioning(true));
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    @Test
    void everyWriteMakesAVersion() throws IOException {
        Reply first = cos.put("/a", "one", "x-cos-forbid-overwrite: true");
        Reply second = cos.put("/a", "two", "x-cos-forbid-overwrite: true");

        assertThat(first.header(ID)).isNotEqualTo("(none)").isNotEqualTo(second.header(ID));
        assertThat(cos.get("/a").header(ID)).isEqualTo(second.header(ID));
        assertThat(cos.get("/a").text()).isEqualTo("two");
        assertThat(cos.get("/?versioning").text()).contains("<Status>Enabled</Status>");
    }

    @Test
    void deletingAVersionBringsTheOneBeforeItBack() throws IOException {
        cos.put("/a", "one");
        String second = cos.put("/a", "two").header(ID);

        Reply deleted = cos.send("DELETE", "/a?versionId=" + second);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header(ID)).isEqualTo(second);
        assertThat(deleted.header("x-cos-delete-marker")).isEqualTo("(none)");
        assertThat(cos.get("/a").text()).isEqualTo("one");
    }

    @Test
    void deletingTheOnlyVersionOrAnOldOneLeavesTheRest() throws IOException {
        String first = cos.put("/a", "one").header(ID);
        cos.put("/a", "two");
        cos.send("DELETE", "/a?versionId=" + first);
        assertThat(cos.get("/a").text()).isEqualTo("two");

        String only = cos.put("/b", "three").header(ID);
        cos.send("DELETE", "/b?versionId=" + only);
        assertThat(cos.get("/b").status()).isEqualTo(404);
    }

    @Test
    void deletingTheNameOnlyHidesIt() throws IOException {
        cos.put("/a", "one");

        Reply deleted = cos.send("DELETE", "/a");

        assertThat(deleted.header("x-cos-delete-marker")).isEqualTo("true");
        assertThat(cos.get("/a").status()).isEqualTo(404);
        cos.send("DELETE", "/a?versionId=" + deleted.header(ID));
        assertThat(cos.get("/a").text()).isEqualTo("one");
    }

    @Test
    void versionsThatAreNotThereAreGoneAlready() throws IOException {
        cos.put("/a", "one");

        assertThat(cos.send("DELETE", "/a?versionId=nothing").status()).isEqualTo(204);
        assertThat(cos.get("/a").text()).isEqualTo("one");
    }

    @Test
    void aCopyIsOfTheVersionThatItNames() throws IOException {
        String first = cos.put("/a", "one").header(ID);
        cos.put("/a", "two");
        String source = "x-cos-copy-source: " + OriginFixture.BUCKET + ".cos.ap-guangzhou.myqcloud.com/a";

        cos.put("/old", "", source + "?versionId=" + first);
        cos.put("/new", "", source + "?versionId=");

        assertThat(cos.get("/old").text()).isEqualTo("one");
        assertThat(cos.get("/new").text()).isEqualTo("two");
        assertThat(cos.put("/none", "", source + "?versionId=none").text()).contains("NoSuchVersion");
    }

    @Test
    void aBatchDeletesTheVersionsThatItNames() throws IOException {
        String first = cos.put("/a", "one").header(ID);
        cos.put("/a", "two");
        String only = cos.put("/b", "three").header(ID);
        cos.put("/c", "four");
        String batch = "<Delete><Object><Key>a</Key><VersionId>" + first + "</VersionId></Object><Object><Key>b</Key>"
                + "<VersionId>" + only
                + "</VersionId></Object><Object><Key>c</Key><VersionId></VersionId></Object></Delete>";

        Reply reply = cos.post("/?delete", batch, "Content-MD5: " + ObjectIT.md5(batch));

        assertThat(reply.text()).contains("<VersionId>" + first + "</VersionId>", "<DeleteMarker>true</DeleteMarker>");
        assertThat(cos.get("/a").text()).isEqualTo("two");
        assertThat(cos.put(
                                "/gone",
                                "",
                                "x-cos-copy-source: " + OriginFixture.BUCKET
                                        + ".cos.ap-guangzhou.myqcloud.com/a?versionId=" + first)
                        .text())
                .contains("NoSuchVersion");
        assertThat(cos.get("/b").status()).isEqualTo(404);
        assertThat(cos.get("/c").status()).isEqualTo(404);
    }
}
