package io.sealgate.bench;

import io.sealgate.bench.load.BenchObject;
import io.sealgate.bench.load.Call;
import io.sealgate.bench.load.LoadClient;
import io.sealgate.bench.load.Target;
import java.io.IOException;
import java.util.Locale;

/** The rows of the ladder. */
enum Work {
    GET("get") {
        @Override
        void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException {
            client.once(target, new Call.Get(objects.large()));
        }
    },
    PUT("put") {
        @Override
        void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException {
            client.once(target, new Call.Put(objects.large(), false));
        }
    },
    PUT_WITH_MD5("put") {
        @Override
        void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException {
            client.once(target, new Call.Put(objects.large(), true));
        }
    },
    SMALL("small") {
        @Override
        void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException {
            client.persistent(target, new Call.Get(objects.small()), scale.connections(), scale.smallGets());
        }
    },
    HANDSHAKE("handshake") {
        @Override
        void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException {
            client.reconnecting(target, new Call.Get(objects.small()), PARALLEL_HANDSHAKES, scale.handshakes());
        }
    };

    /** Enough to keep a proxy busy while the client does its own half of a handshake. */
    private static final int PARALLEL_HANDSHAKES = 4;

    private final String group;

    Work(String group) {
        this.group = group;
    }

    /** The name by which {@code --only} selects it. */
    String group() {
        return group;
    }

    /** Does the work once; every answer is checked. */
    abstract void perform(LoadClient client, Target target, Scale scale, Objects objects) throws IOException;

    /** The row's title at this scale. */
    String title(Scale scale) {
        String size = scale.objectSizeText();
        return switch (this) {
            case GET -> "GET of " + size;
            case PUT -> "PUT of " + size;
            case PUT_WITH_MD5 -> "PUT of " + size + " with Content-MD5";
            case SMALL ->
                String.format(
                        Locale.ROOT,
                        "%,d GETs of 1 KiB, keep-alive, %d connections",
                        scale.smallGets(),
                        scale.connections());
            case HANDSHAKE ->
                String.format(Locale.ROOT, "%,d full mutual handshakes, one GET each", scale.handshakes());
        };
    }

    /** What the CPU time is divided by for the per-unit column. */
    Unit unit(Scale scale) {
        return switch (this) {
            case GET, PUT, PUT_WITH_MD5 -> new Unit("s/GiB", scale.objectSize() / (double) (1L << 30));
            case SMALL -> new Unit("µs/request", scale.smallGets() / 1e6);
            case HANDSHAKE -> new Unit("ms/handshake", scale.handshakes() / 1e3);
        };
    }

    record Unit(String name, double amount) {}

    record Objects(BenchObject large, BenchObject small) {}
}
