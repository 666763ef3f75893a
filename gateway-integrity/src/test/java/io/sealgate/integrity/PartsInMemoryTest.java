package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.integrity.PartLedger.Part;
import io.sealgate.integrity.PartLedger.Upload;
import org.junit.jupiter.api.Test;

class PartsInMemoryTest {

    private static final Upload FIRST = new Upload("b", "1");
    private static final Upload SECOND = new Upload("b", "2");
    private static final Part PART = new Part("etag", 1, 2);

    private final PartLedger ledger = PartLedger.inMemory(3);

    @Test
    void theLastOfANumberIsRemembered() {
        Part again = new Part("other", 3, 4);
        ledger.stored(FIRST, 1, PART);
        ledger.stored(FIRST, 1, again);

        assertThat(ledger.find(FIRST, 1)).contains(again);
        assertThat(ledger.find(FIRST, 2)).isEmpty();
        assertThat(ledger.find(SECOND, 1)).isEmpty();
    }

    @Test
    void whenItIsFullTheUploadThatWasNotUsedForLongestIsForgotten() {
        ledger.stored(FIRST, 1, PART);
        ledger.stored(SECOND, 1, PART);
        ledger.stored(FIRST, 2, PART);

        ledger.stored(FIRST, 3, PART);

        assertThat(ledger.find(SECOND, 1)).isEmpty();
        assertThat(ledger.find(FIRST, 1)).contains(PART);
    }

    @Test
    void anUploadThatIsTooLargeByItselfIsForgottenWhole() {
        for (int number = 1; number <= 4; number++) {
            ledger.stored(FIRST, number, PART);
        }
        assertThat(ledger.find(FIRST, 1)).isEmpty();

        ledger.stored(SECOND, 1, PART);
        assertThat(ledger.find(SECOND, 1)).contains(PART);
    }

    @Test
    void whatIsOverMakesRoom() {
        for (int number = 1; number <= 3; number++) {
            ledger.stored(FIRST, number, PART);
        }
        ledger.forget(FIRST);
        ledger.forget(FIRST);

        for (int number = 1; number <= 3; number++) {
            ledger.stored(SECOND, number, PART);
        }
        assertThat(ledger.find(SECOND, 1)).contains(PART);
        assertThat(ledger.find(FIRST, 1)).isEmpty();
    }
}
