package io.sealgate.core.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.CosOperation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadLabelsTest {

    private static final ClientIdentity NOBODY = new ClientIdentity.Anonymous();
    private static final Certified DEVICE = client("device-1");

    private static final UploadLabels META =
            labels(Map.of(), Map.of("device", "${client.cn}", "origin", "fleet ${client.issuer.cn}/1"));
    private static final UploadLabels TAGS = labels(Map.of("device", "${client.cn}", "plant", "north 1"), Map.of());

    private static UploadLabels labels(Map<String, String> tags, Map<String, String> meta) {
        return UploadLabels.of(config(tags, meta));
    }

    private static UploadsConfig config(Map<String, String> tags, Map<String, String> meta) {
        return new UploadsConfig(null, null, null, null, null, null, null, tags, meta, null);
    }

    private static Certified client(String commonName, SubjectAltName... names) {
        return new Certified(
                "CN=x", commonName, Arrays.asList(names), "01", "CN=ca", "5b", "00", Instant.EPOCH, List.of());
    }

    private static SubjectAltName dns(String name) {
        return new SubjectAltName(SubjectAltName.Type.DNS, name);
    }

    private static HttpHeaders headers(String... pairs) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    /** What {@code labels} makes of no headers at all. */
    private static Map<String, String> added(UploadLabels labels, CosOperation operation, ClientIdentity client) {
        HttpHeaders headers = headers();
        labels.addTo(operation, headers, client);
        Map<String, String> added = new TreeMap<>();
        headers.forEach(header -> added.put(header.getKey(), header.getValue()));
        return added;
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT_OBJECT", "APPEND_OBJECT", "INITIATE_MULTIPART"})
    void newObjectsSayWhoseTheyAre(CosOperation operation) {
        assertThat(META.forbid(operation, headers("x-cos-meta-other", "mine"), DEVICE))
                .isFalse();
        assertThat(added(META, operation, DEVICE))
                .isEqualTo(Map.of("x-cos-meta-device", "device-1", "x-cos-meta-origin", "fleet%20ca/1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT_OBJECT", "INITIATE_MULTIPART"})
    void newObjectsAreTaggedWithWhoseTheyAre(CosOperation operation) {
        assertThat(TAGS.forbid(operation, headers(), DEVICE)).isFalse();
        assertThat(added(TAGS, operation, DEVICE))
                .isEqualTo(Map.of("x-cos-tagging", "device=device-1&plant=north%201"));
    }

    @Test
    void aCopyIsTheCopyistsAndNotItsSources() {
        assertThat(META.forbid(CosOperation.COPY_OBJECT, headers(), DEVICE)).isTrue();
        assertThat(META.forbid(CosOperation.COPY_OBJECT, headers("x-cos-metadata-directive", "Copy"), DEVICE))
                .isTrue();
        assertThat(META.forbid(CosOperation.COPY_OBJECT, headers("x-cos-metadata-directive", "Replaced"), DEVICE))
                .isFalse();
        assertThat(TAGS.forbid(CosOperation.COPY_OBJECT, headers(), DEVICE)).isFalse();
        assertThat(added(TAGS, CosOperation.COPY_OBJECT, DEVICE))
                .containsEntry("x-cos-tagging-directive", "Replaced")
                .containsKey("x-cos-tagging");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-cos-meta-device | device-1                        | false",
                "X-Cos-Meta-Device | device-1                        | false",
                "x-cos-meta-device | device-2                        | true",
                "x-cos-meta-device | Device-1                        | true",
                "x-cos-meta_device | device-1                        | true",
                "x-cos-meta-device | ''                              | true",
                "x-cos-tagging     | device=device-1&plant=north%201 | false",
                "x-cos-tagging     | device=device-1                 | true",
                "x-cos-tagging     | device=device-2&plant=north%201 | true",
                "x-cos-tagging     | ''                              | true",
            })
    void nobodySaysElse(String name, String value, boolean isForbidden) {
        boolean isTag = name.endsWith("tagging");

        assertThat((isTag ? TAGS : META).forbid(CosOperation.PUT_OBJECT, headers(name, value), DEVICE))
                .isEqualTo(isForbidden);
        assertThat((isTag ? META : TAGS).forbid(CosOperation.PUT_OBJECT, headers(name, value), DEVICE))
                .isFalse();
    }

    @Test
    void nobodySaysTheSameTwice() {
        HttpHeaders twice = headers("x-cos-meta-device", "device-1", "x-cos-meta-device", "device-1");

        assertThat(META.forbid(CosOperation.PUT_OBJECT, twice, DEVICE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT_OBJECT_TAGGING", "DELETE_OBJECT_TAGGING", "APPEND_OBJECT"})
    void nothingGetsOtherTagsOrNone(CosOperation operation) {
        assertThat(TAGS.forbid(operation, headers(), DEVICE)).isTrue();
        assertThat(META.forbid(operation, headers(), DEVICE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "PUT_OBJECT",
                "APPEND_OBJECT",
                "INITIATE_MULTIPART",
                "COPY_OBJECT",
                "PUT_OBJECT_TAGGING",
                "DELETE_OBJECT_TAGGING"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whatMakesNoObjectIsLeftAlone(CosOperation operation) {
        for (UploadLabels labels : List.of(META, TAGS)) {
            assertThat(labels.forbid(operation, headers(), NOBODY)).isFalse();
            assertThat(added(labels, operation, DEVICE)).isEmpty();
        }
    }

    @Test
    void whoHasNoValueOrSeveralStoresNothing() {
        UploadLabels names = labels(Map.of(), Map.of("name", "${client.san.dns}"));

        assertThat(META.forbid(CosOperation.PUT_OBJECT, headers(), NOBODY)).isTrue();
        assertThat(TAGS.forbid(CosOperation.PUT_OBJECT, headers(), NOBODY)).isTrue();
        assertThat(names.forbid(CosOperation.PUT_OBJECT, headers(), DEVICE)).isTrue();
        assertThat(names.forbid(CosOperation.PUT_OBJECT, headers(), client("d", dns("a"), dns("b"))))
                .isTrue();
        assertThat(names.forbid(CosOperation.PUT_OBJECT, headers(), client("d", dns("a"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-cos-acl: public-read", "a\u0000b", "a\u200Bb"})
    void aNameThatCannotBeSeenLabelsNothing(String commonName) {
        assertThat(META.forbid(CosOperation.PUT_OBJECT, headers(), client(commonName)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a x-cos-acl: public-read", "设备", "a,b", "a%b"})
    void aNameEndsNoHeaderAndBeginsNoOther(String commonName) {
        String value = added(META, CosOperation.PUT_OBJECT, client(commonName)).get("x-cos-meta-device");

        assertThat(value).matches("[\\x21-\\x7e&&[^,]]+");
    }

    @ParameterizedTest
    @CsvSource({"a=b, a%3Db", "设备 1, %E8%AE%BE%E5%A4%87%201", "a+b, a%2Bb", "a/b:c, a%2Fb%3Ac"})
    void aNameMakesNoOtherTag(String commonName, String encoded) {
        assertThat(TAGS.forbid(CosOperation.PUT_OBJECT, headers(), client(commonName)))
                .isFalse();
        assertThat(added(TAGS, CosOperation.PUT_OBJECT, client(commonName)))
                .isEqualTo(Map.of("x-cos-tagging", "device=" + encoded + "&plant=north%201"));
    }

    @Test
    void whatCosDoesNotTakeAsTagIsForbidden() {
        assertThat(TAGS.forbid(CosOperation.PUT_OBJECT, headers(), client("a&b")))
                .isTrue();
        assertThat(TAGS.forbid(CosOperation.PUT_OBJECT, headers(), client("a".repeat(255))))
                .isFalse();
        assertThat(TAGS.forbid(CosOperation.PUT_OBJECT, headers(), client("a".repeat(256))))
                .isTrue();
    }

    @Test
    void whatCosDoesNotTakeAsMetadataIsForbidden() {
        assertThat(META.forbid(CosOperation.PUT_OBJECT, headers(), client("a".repeat(1900))))
                .isFalse();
        assertThat(META.forbid(CosOperation.PUT_OBJECT, headers(), client("a".repeat(2048))))
                .isTrue();
    }

    @Test
    void withoutLabelsNothingIsForbiddenOrAdded() {
        UploadLabels none = labels(Map.of(), Map.of());

        for (CosOperation operation : CosOperation.values()) {
            assertThat(none.forbid(operation, headers("x-cos-tagging", "a=b"), NOBODY))
                    .isFalse();
            assertThat(added(none, operation, DEVICE)).isEmpty();
        }
    }

    @Test
    void everythingWrongInTheConfigurationIsToldWithItsPath() {
        Problems problems = new Problems();
        Map<String, String> many = IntStream.range(0, 11).boxed().collect(Collectors.toMap(i -> "t" + i, i -> "x"));

        LabelsCheck.run(config(Map.of("a&b", "x"), Map.of("Device", "x")), false, problems, "u");
        LabelsCheck.run(config(Map.of("t", "a,b"), Map.of("m", "${client.name}")), false, problems, "u");
        LabelsCheck.run(config(Map.of("t", "${bucket}"), Map.of("m", "${client.cn")), false, problems, "u");
        LabelsCheck.run(config(many, Map.of("m", "")), false, problems, "u");
        LabelsCheck.run(config(Map.of("t", "x"), Map.of("m", "${client.cn}")), true, problems, "u");
        LabelsCheck.run(config(Map.of(), Map.of("m", "x".repeat(2049))), false, problems, "u");

        assertThat(problems.lines())
                .extracting(line -> line.replaceFirst("^(\\S+: [a-z]+): .*", "$1"))
                .containsExactly(
                        "u.meta.Device: name",
                        "u.tags.a&b: name",
                        "u.meta.m: variable",
                        "u.tags.t: label",
                        "u.meta.m: variable",
                        "u.tags.t: variable",
                        "u.meta.m: label",
                        "u.tags: tags",
                        "u.meta.m: label",
                        "u.meta.m: label");
    }

    @Test
    void aLabelThatTwoClientsCouldHaveIsReported() {
        Problems problems = new Problems();

        LabelsCheck.run(
                config(
                        Map.of("a", "${client.issuer.cn}-${client.cn}", "b", "${client.cn}${client.serial}"),
                        Map.of("c", "${client.cn}/${client.san.dns}")),
                false,
                problems,
                "u");

        assertThat(problems.lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith("two clients could have the same label)"));
    }

    @Test
    void whatIsGoodIsNotReported() {
        Problems problems = new Problems();

        LabelsCheck.run(
                config(Map.of("设备", "${client.cn}: ${client.serial}"), Map.of("a-1", "${client.san.uri} x")),
                false,
                problems,
                "u");
        LabelsCheck.run(config(Map.of("t", "x"), Map.of("m", "x")), true, problems, "u");

        assertThat(problems.lines()).isEmpty();
    }
}
