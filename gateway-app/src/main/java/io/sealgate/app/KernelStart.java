package io.sealgate.app;

import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Finds the CRC64 kernel while the rest of the gateway starts: to link a native function keeps a new JVM busy for a fifth of a second.
 * Begun and awaited once, by the thread that starts the gateway.
 */
final class KernelStart {

    private static final Logger LOG = LogManager.getLogger(KernelStart.class);

    private final CompletableFuture<KernelSelection> selection;

    private KernelStart(CompletableFuture<KernelSelection> selection) {
        this.selection = selection;
    }

    static KernelStart begin(KernelSelection.Choice choice) {
        return new KernelStart(CompletableFuture.supplyAsync(() -> KernelSelection.of(choice)));
    }

    /**
     * The kernel, which log and {@code metrics} are told of.
     *
     * @throws OperatorException if one is demanded that cannot be used here
     */
    Crc64Kernel await(GatewayMetrics metrics) throws OperatorException {
        KernelSelection found = found();
        String name = found.kernel().name();
        LOG.info("crc64 kernel chosen: kernel={} passed-over={}", name, found.passedOver());
        metrics.crc64Kernel(name);
        return found.kernel();
    }

    private KernelSelection found() throws OperatorException {
        try {
            return selection.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw new OperatorException("runtime." + refusal.getMessage(), refusal);
            }
            throw e;
        }
    }
}
