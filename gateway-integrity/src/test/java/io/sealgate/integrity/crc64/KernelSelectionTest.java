package io.sealgate.integrity.crc64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.sealgate.integrity.crc64.KernelSelection.Choice;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelSelectionTest {

    private static final KernelSelection.Linker NOTHING = library -> {
        throw new KernelUnavailableException(library.soname() + ": not found");
    };

    @Test
    void withoutAnyLibraryItIsJavaAndTheReasonsAreKept() {
        KernelSelection selection = KernelSelection.of(Choice.AUTO, NOTHING);

        assertThat(selection.kernel().name()).isEqualTo("java");
        assertThat(selection.passedOver())
                .containsExactly("isal: libisal.so.2: not found", "lzma: liblzma.so.5: not found");
    }

    @Test
    void aKernelThatMiscomputesIsPassedOver() {
        KernelSelection selection =
                KernelSelection.of(Choice.AUTO, library -> new Pretended(library.kernel(), Integer.MAX_VALUE, 0));

        assertThat(selection.kernel().name()).isEqualTo("java");
        assertThat(selection.passedOver()).hasSize(2).allSatisfy(reason -> assertThat(reason)
                .contains("checksum of ", "(expected: "));
    }

    /** The published vectors are right and so is every third checksum thereafter. */
    @Test
    void aKernelThatMiscomputesOnlyAtTimesIsPassedOverToo() {
        KernelSelection selection = KernelSelection.of(Choice.AUTO, library -> new Pretended(library.kernel(), 3, 0));

        assertThat(selection.kernel().name()).isEqualTo("java");
    }

    @Test
    void aKernelThatIsNotFasterIsPassedOver() {
        KernelSelection selection =
                KernelSelection.of(Choice.AUTO, library -> new Pretended(library.kernel(), 1, 100_000));

        assertThat(selection.kernel().name()).isEqualTo("java");
        assertThat(selection.passedOver()).containsExactly("isal: not faster than java", "lzma: not faster than java");
    }

    @Test
    void whoDemandsJavaGetsItAndNothingIsLoaded() {
        KernelSelection selection = KernelSelection.of(Choice.JAVA, library -> {
            throw new AssertionError(library);
        });

        assertThat(selection.kernel().name()).isEqualTo("java");
        assertThat(selection.passedOver()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Choice.class,
            names = {"ISAL", "LZMA"})
    void aDemandThatCannotBeMetSaysWhy(Choice choice) {
        assertThatThrownBy(() -> KernelSelection.of(choice, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("crc64-kernel: (isal|lzma) \\(expected: auto or java, not available here: "
                        + "lib(isal.so.2|lzma.so.5): not found\\)");
    }

    @Test
    void whoDemandsASlowKernelGetsItAsLongAsItIsRight() {
        KernelSelection selection =
                KernelSelection.of(Choice.LZMA, library -> new Pretended(library.kernel(), 1, 1_000));

        assertThat(selection.kernel().name()).isEqualTo("lzma");
        assertThatThrownBy(() -> KernelSelection.of(Choice.LZMA, library -> new Pretended(library.kernel(), 9, 0)))
                .hasMessageContaining("crc64-kernel: lzma");
    }

    @Test
    void whatThisMachineHasIsUsedOrItIsSaidWhyNot() {
        KernelSelection selection = KernelSelection.of(Choice.AUTO);

        List<String> order = List.of("isal", "lzma", "java");
        assertThat(selection.passedOver())
                .hasSize(order.indexOf(selection.kernel().name()));
    }

    /**
     * A kernel that is the Java one in disguise.
     *
     * @param rightEvery after the vectors only every so manieth checksum is right
     * @param nanos      how much longer than the Java kernel it takes
     */
    private record Pretended(String name, int rightEvery, int nanos, AtomicInteger calls) implements Crc64Kernel {

        Pretended(String name, int rightEvery, int nanos) {
            this(name, rightEvery, nanos, new AtomicInteger());
        }

        @Override
        public long update(long checksum, ByteBuf chunk) {
            long end = System.nanoTime() + nanos;
            long right = new JavaCrc64().update(checksum, chunk);
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            int call = calls.incrementAndGet();
            return call <= 5 || call % rightEvery == 0 ? right : right ^ 1;
        }
    }
}
