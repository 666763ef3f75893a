package io.sealgate.bench.peer;

import java.util.Optional;

/** A proxy of the ladder. Immutable; knows how to be found and configured, starts nothing itself. */
public sealed interface Peer permits Nginx, HaProxy, Sealgate {
    /** The rung's name in tables and on the command line. */
    String name();

    /** What the program says it is, or empty where it is not installed. */
    Optional<String> version();

    /** What to do where it is absent. */
    String remedy();

    /** How the peer is configured for the site and started, when its files live in its own working directory. */
    Launch launch(Site site);
}
