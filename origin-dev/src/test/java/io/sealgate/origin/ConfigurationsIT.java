package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationsIT {

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/?cors,                 NoSuchCORSConfiguration",
        "/?policy=,              NoSuchBucketPolicy",
        "/?tagging,              NoSuchTagSet",
        "/?lifecycle,            NoSuchLifecycleConfiguration",
        "/?website,              NoSuchWebsiteConfiguration",
        "/?domain,               NoSuchDomainConfiguration",
        "/?origin,               NoSuchOriginConfiguration",
        "/?replication,          ReplicationConfigurationNotFoundError",
        "/?encryption,           NoSuchEncryptionConfiguration",
        "/?inventory&id=i,       NoSuchConfiguration",
        "/a?retention,           NoSuchConfiguration",
    })
    void whatIsPutIsShownUntilItIsDeleted(String target, String missing) throws IOException {
        cos.put("/a", "hello");

        Reply before = cos.get(target);
        cos.put(target, "<Any>1</Any>");
        Reply kept = cos.get(target);
        Reply deleted = cos.send("DELETE", target);

        assertThat(before.status()).isEqualTo(404);
        assertThat(before.text()).contains("<Code>" + missing + "</Code>");
        assertThat(kept.text()).isEqualTo("<Any>1</Any>");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(cos.get(target).status()).isEqualTo(404);
    }

    @Test
    void onesOfSeveralAreKeptApart() throws IOException {
        cos.put("/?inventory&id=a", "<A/>");
        cos.put("/?inventory&id=b", "<B/>");

        assertThat(cos.get("/?inventory&id=a").text()).isEqualTo("<A/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"versioning", "referer", "logging", "accelerate", "notification", "intelligenttiering"})
    void someAreThereFromTheBeginning(String resource) throws IOException {
        assertThat(cos.get("/?" + resource).status()).isEqualTo(200);
    }

    @Test
    void anAclMayBeSaidInAHeader() throws IOException {
        cos.put("/?acl", "", "x-cos-acl: public-read");

        assertThat(cos.get("/?acl").text()).contains("AllUsers", "<Permission>READ</Permission>");
    }

    @ParameterizedTest
    @CsvSource({"/a?cors, 400", "/b?retention, 404", "/?cors&policy, 400"})
    void whatIsNoConfigurationOfThisIsNone(String target, int status) throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.get(target).status()).isEqualTo(status);
    }
}
