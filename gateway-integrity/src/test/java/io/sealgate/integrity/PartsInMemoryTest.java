package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosResource;
import io.sealgate.integrity.PartLedger.Part;
import io.sealgate.integrity.PartLedger.Upload;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsInMemoryTest {

    private static final Upload FIRST = Upload.of(new CosResource("b", "r", "k"), "1");
    private static final Upload SECOND = Upload.of(new CosResource("b", "r", "k"), "2");
    private static final Part PART = new Part("etag", 1L, 2);

    private static final ClientKey ONE = client(1);
    private static final ClientKey OTHER = client(2);

    private static ClientKey client(int number) {
        byte[] name = {(byte) number};
        return ClientKey.certified(name, name, List.of());
    }

    private final PartLedger ledger = PartLedger.inMemory(3);

    @Test
    void theLastOfANumberIsRemembered() {
        Part again = new Part("other", 3L, 4);
        ledger.stored(ONE, FIRST, 1, PART);
        ledger.stored(ONE, FIRST, 1, again);

        assertThat(ledger.find(FIRST, 1)).contains(again);
        assertThat(ledger.find(FIRST, 2)).isEmpty();
        assertThat(ledger.find(SECOND, 1)).isEmpty();
    }

    @Test
    void whenItIsFullTheUploadThatWasNotUsedForLongestIsForgotten() {
        ledger.stored(ONE, FIRST, 1, PART);
        ledger.stored(ONE, SECOND, 1, PART);
        ledger.stored(ONE, FIRST, 2, PART);

        ledger.stored(ONE, FIRST, 3, PART);

        assertThat(ledger.find(SECOND, 1)).isEmpty();
        assertThat(ledger.find(FIRST, 1)).contains(PART);
    }

    @Test
    void anUploadThatIsTooLargeByItselfIsForgottenWhole() {
        for (int number = 1; number <= 4; number++) {
            ledger.stored(ONE, FIRST, number, PART);
        }
        assertThat(ledger.find(FIRST, 1)).isEmpty();

        ledger.stored(ONE, SECOND, 1, PART);
        assertThat(ledger.find(SECOND, 1)).contains(PART);
    }

    @Test
    void whatIsOverMakesRoom() {
        for (int number = 1; number <= 3; number++) {
            ledger.stored(ONE, FIRST, number, PART);
        }
        ledger.forget(FIRST);
        ledger.forget(FIRST);

        for (int number = 1; number <= 3; number++) {
            ledger.stored(ONE, SECOND, number, PART);
        }
        assertThat(ledger.find(SECOND, 1)).contains(PART);
        assertThat(ledger.find(FIRST, 1)).isEmpty();
    }

    @Test
    void aPartCountsWhenItIsSentWithTheLargestSizeThatItMayHave() {
        assertThat(ledger.sent(ONE, FIRST, 1, 50, 100)).isTrue();
        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(50);
        assertThat(ledger.sent(ONE, FIRST, 1, 20, 100)).isTrue();
        ledger.stored(ONE, FIRST, 1, new Part("small", 1L, 20));

        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(50);
        assertThat(ledger.bytes(FIRST, 1)).isZero();
        assertThat(ledger.find(FIRST, 1)).contains(new Part("small", 1L, 20));
    }

    @Test
    void aPartForWhichThereIsNoRoomIsNotCounted() {
        ledger.sent(ONE, FIRST, 1, 60, 100);

        assertThat(ledger.sent(ONE, FIRST, 2, 41, 100)).isFalse();
        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(60);
        assertThat(ledger.sent(ONE, FIRST, 2, 40, 100)).isTrue();
        assertThat(ledger.sent(ONE, FIRST, 1, 61, 100)).isFalse();
        assertThat(ledger.sent(ONE, SECOND, 2, 100, 100)).isTrue();
    }

    @Test
    void aRefusalThatWasSeenTakesBackWhatItIsAboutAndNothingElse() {
        ledger.sent(ONE, FIRST, 1, 50, 100);
        ledger.sent(ONE, FIRST, 1, 70, 100);
        ledger.refused(ONE, FIRST, 1, 70);
        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(50);

        ledger.refused(ONE, FIRST, 1, 50);
        ledger.refused(ONE, FIRST, 1, 50);
        ledger.refused(ONE, FIRST, 9, 50);
        assertThat(ledger.bytes(FIRST, 0)).isZero();
    }

    @Test
    void whatWasStoredIsNotTakenBackByALaterRefusal() {
        ledger.sent(ONE, FIRST, 1, 50, 100);
        ledger.stored(ONE, FIRST, 1, new Part("etag", null, 50));
        ledger.sent(ONE, FIRST, 1, 50, 100);
        ledger.refused(ONE, FIRST, 1, 50);

        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(50);
        assertThat(ledger.find(FIRST, 1)).isPresent();
    }

    @Test
    void refusedPartsLeaveNoTrace() {
        for (int number = 1; number <= 100; number++) {
            ledger.sent(ONE, SECOND, number, 1, 100);
            ledger.refused(ONE, SECOND, number, 1);
        }
        for (int number = 1; number <= 3; number++) {
            ledger.sent(ONE, FIRST, number, 1, 100);
        }
        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(3);
    }

    @Test
    void aPartThatIsSentAgainAndAgainTakesNoMoreRoomAndKeepsItsLargestSize() {
        ledger.sent(ONE, FIRST, 1, 1000, Long.MAX_VALUE);
        for (int bytes = 1; bytes <= 100; bytes++) {
            ledger.sent(ONE, FIRST, 1, bytes, Long.MAX_VALUE);
        }
        ledger.refused(ONE, FIRST, 1, 1000);

        assertThat(ledger.bytes(FIRST, 0)).isEqualTo(1000);
    }

    @Test
    void uploadsOfTwoObjectsAreTwoWhateverTheirIds() {
        CosResource object = new CosResource("b", "r", "k");
        assertThat(Upload.of(object, "1"))
                .isEqualTo(FIRST)
                .isNotEqualTo(Upload.of(new CosResource("b", "r", "k1"), ""))
                .isNotEqualTo(Upload.of(new CosResource("b", "r", "other"), "1"))
                .isNotEqualTo(Upload.of(new CosResource("b", "other", "k"), "1"))
                .isNotEqualTo(Upload.of(new CosResource("other", "r", "k"), "1"));
    }

    @Test
    void whoeverSendsManyPartsLosesItsOwnAndNobodyElses() {
        ledger.sent(OTHER, SECOND, 1, 5, 100);
        ledger.stored(OTHER, SECOND, 1, PART);

        for (int upload = 0; upload < 50; upload++) {
            Upload own = Upload.of(new CosResource("b", "r", "own"), Integer.toString(upload));
            ledger.sent(ONE, own, 1, 1, 100);
        }

        assertThat(ledger.find(SECOND, 1)).contains(PART);
        assertThat(ledger.bytes(SECOND, 0)).isEqualTo(5);
    }
}
