package io.sealgate.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final RandomGenerator ZEROS = () -> 0;
    private static final Certified DEVICE = client("device-1");
    private static final KeyTemplate IMAGES = template("images/${client.cn}/${date:yyyyMMdd}/${ulid}${ext}", "jpg");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${random}                        | 00000000000000000000000000",
                "${ulid}                          | 01KGGTSV3500000000000000000000000000",
                "a/${random}/b                    | a/00000000000000000000000000/b",
                "${client.cn}/${random}           | device-1/00000000000000000000000000",
                "${client.serial}-${random}       | 01-00000000000000000000000000",
                "${client.issuer.cn}/${random}    | ca/00000000000000000000000000",
                "${client.fingerprint}${random}   | 5b00000000000000000000000000",
                "${date:yyyy/MM/dd}/${random}     | 2026/02/03/00000000000000000000000000",
                "${date:yyyyMMdd_HHmmss}${random} | 20260203_04050600000000000000000000000000",
                "${date:mm-ss}-${random}          | 05-06-00000000000000000000000000",
                "图/${random}                      | 图/00000000000000000000000000"
            })
    void eachPartBecomesWhatItStandsFor(String template, String key) {
        assertThat(template(template).choose(DEVICE, "x", ZEROS, NOW)).isEqualTo(new ChosenKey.Key(key));
    }

    @ParameterizedTest
    @CsvSource({"a.jpg, .jpg", "dir/b.c/photo.JPG, .jpg", "a.b.jpg, .jpg"})
    void theExtensionIsTheClients(String name, String extension) {
        assertThat(choose(IMAGES, DEVICE, name)).endsWith(extension).startsWith("images/device-1/20260203/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "a.exe", "a.jpg/b", "a.jpg.exe", ".jpg", "dir/.jpg", "a.jpg ", "jpg"})
    void anotherExtensionIsRefused(String name) {
        assertThat(IMAGES.choose(DEVICE, name, ZEROS, NOW))
                .isEqualTo(new ChosenKey.None(ChosenKey.Reason.KEY_EXTENSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", ".", "..", "a\nb", ""})
    void aNameThatMakesNoKeyIsRefused(String commonName) {
        assertThat(IMAGES.choose(client(commonName), "a.jpg", ZEROS, NOW))
                .isEqualTo(new ChosenKey.None(ChosenKey.Reason.KEY_TEMPLATE));
    }

    @Test
    void noneAndSeveralValuesAreRefused() {
        KeyTemplate template = template("${client.san.dns}/${random}");
        ChosenKey refused = new ChosenKey.None(ChosenKey.Reason.KEY_TEMPLATE);

        assertThat(template.choose(new ClientIdentity.Anonymous(), "x", ZEROS, NOW))
                .isEqualTo(refused);
        assertThat(template.choose(DEVICE, "x", ZEROS, NOW)).isEqualTo(refused);
        assertThat(template.choose(client("d", dns("a"), dns("b")), "x", ZEROS, NOW))
                .isEqualTo(refused);
        assertThat(choose(template, client("d", dns("a")), "x")).startsWith("a/");
    }

    @Test
    void aKeyThatValuesMakeTooLongOrEmptyInSegmentsIsRefused() {
        KeyTemplate named = template("${client.cn}/${random}");
        assertThat(named.choose(client("d".repeat(823)), "x", ZEROS, NOW)).isInstanceOf(ChosenKey.Key.class);
        assertThat(named.choose(client("d".repeat(824)), "x", ZEROS, NOW)).isInstanceOf(ChosenKey.None.class);

        KeyTemplate spiffe = template("x/${client.spiffe.path}/${random}");
        Certified odd = client("d", new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet//a"));
        assertThat(spiffe.choose(odd, "x", ZEROS, NOW)).isInstanceOf(ChosenKey.None.class);
    }

    @Test
    void whatIsChosenIsRecognisedAndNeverChosenTwice() {
        Random seeded = new Random(11);
        List<String> pieces = List.of(
                "a/",
                "-",
                "${client.cn}/",
                "${client.serial}",
                "${date:yyyyMMdd}",
                "${date:yyyy/MM/dd-HH_mm_ss}",
                "${ulid}",
                "${random}",
                "${ext}",
                "图",
                ".",
                "${client.fingerprint}-");
        Set<String> seen = new HashSet<>();
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("x");
            for (int i = seeded.nextInt(6); i >= 0; i--) {
                text.append(pieces.get(seeded.nextInt(pieces.size())));
            }
            text.append(seeded.nextBoolean() ? "${ulid}" : "${random}");
            KeyTemplate template = template(text.toString(), "jpg", "png");
            Instant when = Instant.ofEpochSecond(seeded.nextLong(4_000_000_000L));

            ChosenKey chosen = template.choose(DEVICE, "a.png", seeded, when);

            assertThat(chosen).as(text.toString()).isInstanceOf(ChosenKey.Key.class);
            String key = ((ChosenKey.Key) chosen).text();
            assertThat(template.covers(key, DEVICE)).as(text + " " + key).isTrue();
            assertThat(seen.add(key)).as(key).isTrue();
            assertThat(template.covers(key + "0", DEVICE)).isFalse();
            assertThat(template.covers(key.substring(1), DEVICE)).isFalse();
            assertThat(template.covers(key.substring(0, key.length() - 1), DEVICE))
                    .isFalse();
        }
    }

    @Test
    void anothersKeyIsNotRecognised() {
        String key = choose(IMAGES, DEVICE, "a.jpg");

        for (String other : List.of("device-2", "device-", "device-11", "device", "DEVICE-1")) {
            assertThat(IMAGES.covers(key, client(other))).as(other).isFalse();
        }
        assertThat(IMAGES.covers(key, new ClientIdentity.Anonymous())).isFalse();
        assertThat(IMAGES.covers(key, DEVICE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images/device-1/20260203/../../x.jpg",
                "images/device-1/20260203/01KGGTSV3500000000000000000000000000.png",
                "images/device-1/20260203/01KGGTSV3500000000000000000000000000",
                "images/device-1/20260203/01KGGTSV3500000000000000000000000000.jpg/x",
                "/images/device-1/20260203/01KGGTSV3500000000000000000000000000.jpg",
                "images//device-1/20260203/01KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/20260230/01KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/2026-203/01KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/+2026203/01KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/20261303/01KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/20260203/81KGGTSV3500000000000000000000000000.jpg",
                "images/device-1/20260203/01kGGYM6MN00000000000000000000000000.jpg",
                "images/device-1/20260203/01KGGTSV35000000000000000000000000U0.jpg",
                "images/device-1/20260203/01KGGTSV350000000000000000000000000.jpg",
                "images/device-1/20260203/01KGGTSV350000000000000000000000000/.jpg",
                "images/device-1/20260203/.jpg",
                "images/device-1/",
                ""
            })
    void whatNoTemplateMakesIsNotRecognised(String key) {
        assertThat(IMAGES.covers("images/device-1/20260203/01KGGTSV3500000000000000000000000000.jpg", DEVICE))
                .isTrue();
        assertThat(IMAGES.covers(key, DEVICE)).isFalse();
    }

    @Test
    void atLeast128BitsAreAnotherEachTime() {
        Random random = new Random(7); // always the same one: of true chance a letter may be missing
        for (String template : List.of("${ulid}", "${random}")) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                keys.add(((ChosenKey.Key) template(template).choose(DEVICE, "x", random, NOW)).text());
            }

            int bits = 0;
            for (int at = 0; at < keys.get(0).length(); at++) {
                int column = at;
                long different =
                        keys.stream().map(key -> key.charAt(column)).distinct().count();
                bits += different == 32 ? 5 : 0;
            }

            assertThat(bits).as(template).isEqualTo(130);
        }
    }

    @Test
    void laterUlidsSortBehindEarlierOnes() {
        KeyTemplate template = template("${ulid}");

        String earlier = ((ChosenKey.Key) template.choose(DEVICE, "x", () -> -1, NOW)).text();
        String later = ((ChosenKey.Key) template.choose(DEVICE, "x", ZEROS, NOW.plusMillis(1))).text();

        assertThat(earlier).isLessThan(later);
    }

    private static String choose(KeyTemplate template, ClientIdentity client, String name) {
        return ((ChosenKey.Key) template.choose(client, name, ZEROS, NOW)).text();
    }

    private static KeyTemplate template(String text, String... extensions) {
        return KeyTemplate.of(new KeysConfig(text, List.of(extensions)));
    }

    private static SubjectAltName dns(String name) {
        return new SubjectAltName(SubjectAltName.Type.DNS, name);
    }

    private static Certified client(String commonName, SubjectAltName... names) {
        return new Certified(
                "CN=x", commonName, Arrays.asList(names), "01", "CN=ca", "5b", "00", Instant.EPOCH, List.of());
    }
}
