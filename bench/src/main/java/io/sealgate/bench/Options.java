package io.sealgate.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param only the rows asked for, by group; empty means all
 * @param peers the rungs asked for; empty means all
 * @param root the checkout
 */
record Options(boolean quick, Set<String> only, Set<String> peers, int rounds, Path root) {
    static final String USAGE = """
            usage: bench/run [--quick] [--only get,put,small,handshake] [--peers direct,nginx,haproxy,sealgate-mtls,sealgate-all]
                             [--rounds N] [--jdk PATH]
                   bench/run kernels|policies|crl [--jdk PATH]
              kernels    the CRC64 kernels alone, no peers and no load
              policies   decisions by one to 10,000 policies, and what these take in memory
              crl        a revocation list of a million certificates
              --quick    small sizes, under a minute: proves that it works, measures little
              --only     these rows only
              --peers    these rungs only
              --rounds   measured rounds, each visiting all rungs in turn (default 3)
              --jdk      the JDK that driver and gateway run on
            """;

    private static final int DEFAULT_ROUNDS = 3;

    Options {
        only = Set.copyOf(only);
        peers = Set.copyOf(peers);
        requireKnown(
                "--only", only, Arrays.stream(Work.values()).map(Work::group).collect(Collectors.toSet()));
        requireKnown("--peers", peers, Set.copyOf(Ladder.RUNGS));
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds: " + rounds + " (expected: >= 1)");
        }
    }

    static Options parse(String... arguments) {
        boolean quick = false;
        Set<String> only = Set.of();
        Set<String> peers = Set.of();
        int rounds = DEFAULT_ROUNDS;
        Path root = Path.of("").toAbsolutePath();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--quick" -> quick = true;
                case "--only" -> only = list(value(option, left));
                case "--peers" -> peers = list(value(option, left));
                case "--rounds" -> rounds = number(option, value(option, left));
                case "--root" -> root = Path.of(value(option, left)).toAbsolutePath();
                default -> throw new IllegalArgumentException("option: " + option + " (expected: see --help)");
            }
        }
        return new Options(quick, only, peers, rounds, root);
    }

    Scale scale() {
        return quick ? Scale.QUICK : Scale.FULL;
    }

    List<Work> works() {
        Predicate<Work> wanted = work -> only.isEmpty() || only.contains(work.group());
        return Arrays.stream(Work.values()).filter(wanted).toList();
    }

    boolean wants(String rung) {
        return peers.isEmpty() || peers.contains(rung);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + ": nothing (expected: a value)");
        }
        return left.pop();
    }

    private static Set<String> list(String value) {
        return Set.of(value.split(",", -1));
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: a number)", e);
        }
    }

    private static void requireKnown(String option, Set<String> given, Set<String> known) {
        for (String each : given) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException(option + ": " + each + " (expected: some of " + known + ")");
            }
        }
    }
}
