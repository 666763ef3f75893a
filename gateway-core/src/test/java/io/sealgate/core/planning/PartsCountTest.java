package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.PartsCount.Step;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an origin says of parts 3 and 5, which may have 100 bytes together. */
class PartsCountTest {

    private static final NamedPart THREE = new NamedPart(3, "c");
    private static final NamedPart FIVE = new NamedPart(5, "e");

    private final PartsCount count = new PartsCount(new PartsQuestion("u", List.of(THREE, FIVE), 100, 1000));

    private static String page(boolean isTruncated, String... parts) {
        return "<?xml version='1.0' encoding='UTF-8' ?><ListPartsResult><Bucket>b</Bucket><Key>a%20b</Key>"
                + "<UploadId>u</UploadId><Owner><ID>1</ID></Owner><PartNumberMarker>2</PartNumberMarker><IsTruncated>"
                + isTruncated + "</IsTruncated>" + String.join("", parts) + "</ListPartsResult>";
    }

    private static String part(int number, String etag, Object size) {
        return "<Part><PartNumber>" + number + "</PartNumber><LastModified>now</LastModified><ETag>&quot;" + etag
                + "&quot;</ETag><Size>" + size + "</Size></Part>";
    }

    private String page(String document) {
        Step step = count.page(document.getBytes(UTF_8));
        return step instanceof Step.Refused refused ? refused.error().code().code() : step.toString();
    }

    @Test
    void theListIsWantedFromTheFirstPartThatIsNotKnown() {
        assertThat(count.marker()).isEqualTo(2);
    }

    @Test
    void partsThatFitAreGood() {
        assertThat(page(page(false, part(3, "c", 60), part(4, "d", 1_000_000), part(5, "e", 40))))
                .isEqualTo("Good[]");
    }

    @Test
    void theListIsReadUpToTheLastPartThatWasAskedFor() {
        assertThat(page(page(true, part(3, "c", 60)))).isEqualTo("Next[marker=3]");
        assertThat(page(page(true, part(4, "d", 1)))).isEqualTo("Next[marker=4]");
        assertThat(page(page(true, part(5, "e", 40), part(6, "f", 5)))).isEqualTo("Good[]");
    }

    @Test
    void partsThatAreTooLargeTogetherAreRefused() {
        assertThat(page(page(true, part(3, "c", 60)))).isEqualTo("Next[marker=3]");
        assertThat(page(page(false, part(5, "e", 41)))).isEqualTo("EntityTooLarge");
    }

    static List<String> others() {
        return List.of(
                page(false, part(3, "x", 1), part(5, "e", 1)),
                page(false, part(4, "c", 1), part(5, "e", 1)),
                page(false, part(3, "c", 1)),
                page(false));
    }

    @ParameterizedTest
    @MethodSource("others")
    void partsThatAreNotStoredAsTheyAreNamedAreRefused(String document) {
        assertThat(page(document)).isEqualTo("InvalidPart");
    }

    static List<String> lies() {
        String good = page(false, part(3, "c", 1), part(5, "e", 1));
        return List.of(
                "",
                "nonsense",
                "<Error><Code>InternalError</Code></Error>",
                good.substring(0, good.length() - 1),
                good + good,
                good.replace("<UploadId>u<", "<UploadId>v<"),
                good.replace("<UploadId>u</UploadId>", ""),
                good.replace("<UploadId>u</UploadId>", "<UploadId>u</UploadId><UploadId>u</UploadId>"),
                good.replace("false", "maybe"),
                good.replace("<IsTruncated>false</IsTruncated>", ""),
                good.replace("<Size>1</Size>", ""),
                good.replace("<Size>1<", "<Size>-1<"),
                good.replace("<Size>1<", "<Size>1e1<"),
                good.replace("<Size>1<", "<Size>1</Size><Size>1<"),
                good.replace("<Size>1<", "<Size>99999999999999999999<"),
                good.replace("<PartNumber>3<", "<PartNumber>03<"),
                good.replace("<PartNumber>5<", "<PartNumber>10001<"),
                good.replace("<Size>1<", "<Size>\u0661<"),
                good.replace("<Size>1<", "<Size>01<"),
                good.replace("<Size>1<", "<Size>\u20031<"),
                good.replace("<Size>1<", "<Size>99999<x/>1<"),
                good.replace("<Size>1<", "<Size unit='MiB'>1<"),
                good.replace("<Part>", "<Part state='gone'>"),
                good.replace("<Part>", "<x:Part xmlns:x='y'>").replace("</Part>", "</x:Part>"),
                good.replace("<Part>", "<Part xmlns='y'>"),
                good.replace("<IsTruncated>", "<x:IsTruncated xmlns:x='y'>")
                        .replace("</IsTruncated>", "</x:IsTruncated>"),
                good.replace("<ETag>", "<ETag><b/>"),
                good.replace("<PartNumber>5<", "<PartNumber>3<"),
                good.replace("<PartNumber>3<", "<PartNumber>2<"),
                good.replace("<PartNumber>3<", "<PartNumber>6<"),
                good.replace("<Key>", "<!-- --><Key>"),
                "<!DOCTYPE x [<!ENTITY e 'u'>]>"
                        + good.substring(good.indexOf("<List")).replace(">u<", ">&e;<"),
                page(true));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whatCannotBeTheListOfTheseParts(String document) {
        assertThat(page(document)).isEqualTo("Unanswered[]");
    }

    @Test
    void aListThatDoesNotEndIsNoAnswer() {
        PartsCount endless = new PartsCount(
                new PartsQuestion("u", List.of(new NamedPart(2, "b"), new NamedPart(100, "z")), 100, 1000));
        List<Step> steps = IntStream.range(1, 21)
                .mapToObj(
                        each -> endless.page(page(true, part(1 + each, "b", 0)).getBytes(UTF_8)))
                .toList();

        assertThat(steps.subList(0, 19)).allMatch(Step.Next.class::isInstance);
        assertThat(steps.get(19)).isInstanceOf(Step.Unanswered.class);
    }
}
