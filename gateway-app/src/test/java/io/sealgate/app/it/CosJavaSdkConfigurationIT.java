package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.AccessControlList;
import com.qcloud.cos.model.BucketCrossOriginConfiguration;
import com.qcloud.cos.model.BucketLifecycleConfiguration;
import com.qcloud.cos.model.BucketTaggingConfiguration;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.CORSRule;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.GroupGrantee;
import com.qcloud.cos.model.Owner;
import com.qcloud.cos.model.Permission;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.TagSet;
import com.qcloud.cos.model.lifecycle.LifecycleFilter;
import com.qcloud.cos.model.lifecycle.LifecyclePrefixPredicate;
import io.sealgate.certs.CertificateSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The COS Java SDK as an administrator of the bucket, and as somebody who would like to be one. */
class CosJavaSdkConfigurationIT {

    private static final String BUCKET = TestSite.BUCKET;

    private static final String ROUTE = """
              - name: bucket
                origin: cos
                operations: [%s]
                policies: [%s]
            policies:
              - name: administrators
                statements:
                  - {effect: allow, action: ['name/cos:*Bucket*', 'name/cos:PutObject'], resource: '${bucket}/*'}
              - name: users
                statements:
                  - {effect: allow, action: ['name/cos:*Object*', 'name/cos:GetBucket'], resource: '${bucket}/*'}
            """;

    private static Site administrator;
    private static Site user;
    private static Site everything;

    /** A gateway of its own, and a client of it. */
    private record Site(TestSite site, COSClient cos) implements AutoCloseable {

        static Site start(Path directory, String operations, String policy) throws Exception {
            TestSite site = TestSite.in(Files.createDirectory(directory.resolve(policy + operations.length())))
                    .routes(ROUTE.formatted(operations, policy))
                    .start();
            COSClient cos = CosSdk.withTls(
                    site,
                    CosSdk.HostMode.BUCKET,
                    site.clientContext(site.authority().issue(CertificateSpec.client("client"))),
                    "TLSv1.3");
            return new Site(site, cos);
        }

        @Override
        public void close() {
            cos.shutdown();
            site.close();
        }
    }

    /** What is done with a bucket. */
    @FunctionalInterface
    interface Work {
        void run(COSClient cos) throws Exception;
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        administrator = Site.start(directory, "all, configuration", "administrators");
        user = Site.start(directory, "all, configuration", "users");
        everything = Site.start(directory, "all", "administrators");
    }

    @AfterAll
    static void stop() {
        Stream.of(administrator, user, everything).forEach(Site::close);
    }

    @BeforeEach
    void startAfresh() {
        Stream.of(administrator, user, everything)
                .forEach(site -> site.site().origin().log().clear());
    }

    static List<Work> works() {
        return List.of(
                cos -> cos.setBucketCrossOriginConfiguration(BUCKET, cors()),
                cos -> cos.getBucketCrossOriginConfiguration(BUCKET),
                cos -> cos.deleteBucketCrossOriginConfiguration(BUCKET),
                cos -> cos.setBucketLifecycleConfiguration(BUCKET, lifecycle()),
                cos -> cos.getBucketLifecycleConfiguration(BUCKET),
                cos -> cos.setBucketTaggingConfiguration(BUCKET, tagging()),
                cos -> cos.getBucketTaggingConfiguration(BUCKET),
                cos -> cos.setBucketVersioningConfiguration(versioning()),
                cos -> cos.getBucketVersioningConfiguration(BUCKET),
                cos -> cos.setBucketPolicy(BUCKET, "{\"version\": \"2.0\", \"Statement\": []}"),
                cos -> cos.getBucketPolicy(BUCKET),
                cos -> cos.deleteBucketPolicy(BUCKET),
                cos -> cos.setBucketAcl(BUCKET, CannedAccessControlList.Private),
                cos -> cos.getBucketAcl(BUCKET),
                cos -> cos.deleteBucket(BUCKET));
    }

    @ParameterizedTest
    @MethodSource("works")
    void whatNoPolicyAllowsReachesNoOrigin(Work work) {
        assertDenied(user, () -> work.run(user.cos()));
    }

    @ParameterizedTest
    @MethodSource("works")
    void allDoesNotServeIt(Work work) {
        assertDenied(everything, () -> work.run(everything.cos()));
    }

    private static void assertDenied(Site site, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CosServiceException.class, denied -> {
            assertThat(denied.getStatusCode()).isEqualTo(403);
            assertThat(denied.getErrorCode()).isEqualTo("AccessDenied");
        });
        assertThat(site.site().origin().log().requests()).isEmpty();
    }

    @Test
    void corsIsSetAndReadAndDeleted() {
        COSClient cos = administrator.cos();

        cos.setBucketCrossOriginConfiguration(BUCKET, cors());

        assertThat(cos.getBucketCrossOriginConfiguration(BUCKET).getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getAllowedOrigins()).containsExactly("https://a.example"));
        cos.deleteBucketCrossOriginConfiguration(BUCKET);
        assertThat(cos.getBucketCrossOriginConfiguration(BUCKET)).isNull();
    }

    @Test
    void lifecycleIsSetAndRead() {
        COSClient cos = administrator.cos();

        cos.setBucketLifecycleConfiguration(BUCKET, lifecycle());

        assertThat(cos.getBucketLifecycleConfiguration(BUCKET).getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getExpirationInDays()).isEqualTo(7));
    }

    @Test
    void taggingIsSetAndRead() {
        COSClient cos = administrator.cos();

        cos.setBucketTaggingConfiguration(BUCKET, tagging());

        assertThat(cos.getBucketTaggingConfiguration(BUCKET).getTagSet().getAllTags())
                .containsEntry("team", "red");
    }

    @Test
    void versioningIsOffUntilItIsSet() {
        COSClient cos = administrator.cos();
        String before = cos.getBucketVersioningConfiguration(BUCKET).getStatus();

        cos.setBucketVersioningConfiguration(versioning());

        assertThat(before).isEqualTo("Off");
        assertThat(cos.getBucketVersioningConfiguration(BUCKET).getStatus()).isEqualTo("Enabled");
    }

    @Test
    void policyIsSetAndRead() {
        String policy = "{\"version\": \"2.0\", \"Statement\": []}";
        COSClient cos = administrator.cos();

        cos.setBucketPolicy(BUCKET, policy);

        assertThat(cos.getBucketPolicy(BUCKET).getPolicyText()).isEqualTo(policy);
    }

    @Test
    void aclIsSetAndReadButNotForEverybodyToWrite() {
        COSClient cos = administrator.cos();
        cos.setBucketAcl(BUCKET, CannedAccessControlList.PublicRead);

        cos.setBucketAcl(BUCKET, grant(Permission.Read));

        assertThat(cos.getBucketAcl(BUCKET).getGrantsAsList())
                .anySatisfy(grant -> assertThat(grant.getGrantee()).isEqualTo(GroupGrantee.AllUsers));
        administrator.site().origin().log().clear();
        assertDenied(administrator, () -> cos.setBucketAcl(BUCKET, grant(Permission.FullControl)));
        assertDenied(administrator, () -> cos.setBucketAcl(BUCKET, CannedAccessControlList.PublicReadWrite));
    }

    private static AccessControlList grant(Permission permission) {
        AccessControlList acl = new AccessControlList();
        acl.setOwner(new Owner("qcs::cam::uin/1:uin/1", "owner"));
        acl.grantPermission(GroupGrantee.AllUsers, permission);
        return acl;
    }

    private static BucketCrossOriginConfiguration cors() {
        CORSRule rule = new CORSRule();
        rule.setAllowedOrigins("https://a.example");
        rule.setAllowedMethods(CORSRule.AllowedMethods.GET);
        return new BucketCrossOriginConfiguration(List.of(rule));
    }

    private static BucketLifecycleConfiguration lifecycle() {
        return new BucketLifecycleConfiguration(List.of(new BucketLifecycleConfiguration.Rule()
                .withId("logs")
                .withFilter(new LifecycleFilter(new LifecyclePrefixPredicate("logs/")))
                .withExpirationInDays(7)
                .withStatus(BucketLifecycleConfiguration.ENABLED)));
    }

    private static BucketTaggingConfiguration tagging() {
        return new BucketTaggingConfiguration(List.of(new TagSet(Map.of("team", "red"))));
    }

    private static SetBucketVersioningConfigurationRequest versioning() {
        return new SetBucketVersioningConfigurationRequest(BUCKET, new BucketVersioningConfiguration("Enabled"));
    }
}
