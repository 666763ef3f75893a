package io.sealgate.bench;

import io.sealgate.bench.load.BenchObject;
import io.sealgate.bench.load.Call;
import io.sealgate.bench.load.Devices;
import io.sealgate.bench.load.LoadClient;
import io.sealgate.bench.load.Target;
import java.io.IOException;
import java.util.Locale;

/** The rows of the ladder. */
enum Work {
    GET("get") {
        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.device().once(target, new Call.Get(objects.large()));
        }
    },
    PUT("put") {
        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.device().once(target, new Call.Put(objects.large(), false));
        }
    },
    PUT_WITH_MD5("put") {
        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.device().once(target, new Call.Put(objects.large(), true));
        }
    },
    SMALL("small") {
        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.device().persistent(target, new Call.Get(objects.small()), scale.connections(), scale.smallGets());
        }
    },
    RETURNING_DEVICE("handshake") {
        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.device()
                    .reconnecting(target, new Call.Get(objects.small()), PARALLEL_HANDSHAKES, scale.handshakes());
        }
    },
    NEW_DEVICES("handshake") {
        @Override
        void prepare(Clients clients, Target target, Scale scale) {
            clients.certificates().prepare(target.port(), scale.handshakes());
        }

        @Override
        void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException {
            clients.fleet()
                    .reconnecting(target, new Call.Get(objects.small()), PARALLEL_HANDSHAKES, scale.handshakes());
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

    /** What must be there before the work is done, and is no part of it. */
    void prepare(Clients clients, Target target, Scale scale) {}

    /** Does the work once; every answer is checked. */
    abstract void perform(Clients clients, Target target, Scale scale, Objects objects) throws IOException;

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
            case RETURNING_DEVICE ->
                String.format(
                        Locale.ROOT, "%,d full mutual handshakes of one device, one GET each", scale.handshakes());
            case NEW_DEVICES ->
                String.format(Locale.ROOT, "%,d of devices not seen before, one GET each", scale.handshakes());
        };
    }

    /** What the CPU time is divided by for the per-unit column. */
    Unit unit(Scale scale) {
        return switch (this) {
            case GET, PUT, PUT_WITH_MD5 -> new Unit("s/GiB", scale.objectSize() / (double) (1L << 30));
            case SMALL -> new Unit("µs/request", scale.smallGets() / 1e6);
            case RETURNING_DEVICE, NEW_DEVICES -> new Unit("ms/handshake", scale.handshakes() / 1e3);
        };
    }

    record Unit(String name, double amount) {}

    /**
     * Who asks.
     *
     * @param device the same certificate on every connection
     * @param fleet another one on every connection
     * @param certificates those of {@code fleet}
     */
    record Clients(LoadClient device, LoadClient fleet, Devices certificates) {}

    record Objects(BenchObject large, BenchObject small) {}
}
