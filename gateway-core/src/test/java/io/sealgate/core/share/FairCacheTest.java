package io.sealgate.core.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairCacheTest {

    private static final ClientKey FLOODER = client(1);
    private static final ClientKey OTHER = client(2);

    @Test
    void aFloodEvictsOnlyWhatTheFlooderHas() {
        FairCache<String, String> cache = new FairCache<>(1000);
        cache.put(OTHER, "victim", "kept");

        for (int i = 0; i < 50_500; i++) {
            cache.put(FLOODER, "flood" + i, "x");
        }

        assertThat(cache.get("victim")).isEqualTo("kept");
        assertThat(cache.get("flood50499")).isEqualTo("x");
        assertThat(cache.get("flood0")).isNull();
        assertThat(cache.size()).isEqualTo(1000);
    }

    @Test
    void freeSpaceIsForAnybodyAndGoesBackToWhoHasLess() {
        FairCache<Integer, String> cache = new FairCache<>(100);
        IntStream.range(0, 100)
                .forEach(i -> assertThat(cache.put(FLOODER, i, "a")).isEmpty());

        IntStream.range(100, 150)
                .forEach(i -> assertThat(cache.put(OTHER, i, "b")).containsExactly("a"));
        assertThat(cache.put(OTHER, 150, "b")).as("beyond its share").containsExactly("b");
    }

    @Test
    void aFullCacheOfEqualsForgetsTheOneThatWasQuietForLongest() {
        FairCache<Integer, Integer> cache = new FairCache<>(100);
        IntStream.range(0, 100).forEach(i -> cache.put(client(i), i, i));

        assertThat(cache.put(client(100), 100, 100)).containsExactly(0);
    }

    @Test
    void whatIsUsedStays() {
        FairCache<String, Integer> cache = new FairCache<>(2);
        cache.put(OTHER, "a", 1);
        cache.put(OTHER, "b", 2);
        cache.get("a");

        assertThat(cache.put(OTHER, "c", 3)).containsExactly(2);
    }

    @Test
    void clientsOfSharedAddressesTogetherKeepHalf() {
        FairCache<Integer, String> cache = new FairCache<>(100);
        IntStream.range(0, 50).forEach(i -> cache.put(client(i % 5).shared(), i, "shared"));

        IntStream.range(1000, 2000)
                .forEach(i -> assertThat(cache.put(client(i), i, "own")).doesNotContain("shared"));
        assertThat(cache.put(client(9).shared(), 50, "shared")).containsExactly("shared");
    }

    @Test
    void anEntryStaysWithItsOwnerWhoeverChangesIt() {
        FairCache<String, Integer> cache = new FairCache<>(10, value -> value);
        cache.put(OTHER, "theirs", 1);
        cache.update(FLOODER, "theirs", value -> value == null ? 0 : value + 5);
        cache.put(FLOODER, "own", 4);

        assertThat(cache.put(FLOODER, "more", 1)).containsExactly(6);
    }

    @Test
    void whatIsTooHeavyForTheWholeIsNotKept() {
        FairCache<String, Integer> cache = new FairCache<>(10, value -> value);
        cache.put(OTHER, "a", 5);

        assertThat(cache.put(FLOODER, "b", 11)).containsExactly(11);
        assertThat(cache.get("a")).isEqualTo(5);
        assertThat(cache.weight()).isEqualTo(5);
    }

    /** The same as the cache, in the plainest way there is. */
    private static final class Model {
        private final Map<String, Integer> values = new HashMap<>();
        private final Map<String, ClientKey> owners = new HashMap<>();
        private final Set<String> used = new LinkedHashSet<>();
        private final List<ClientKey> changed = new ArrayList<>();

        void put(ClientKey client, String key, int value, int capacity) {
            ClientKey owner = owners.computeIfAbsent(key, absent -> client);
            values.put(key, value);
            use(key);
            touch(owner);
            while (values.values().stream().mapToInt(i -> i).sum() > capacity) {
                ClientKey most = changed.stream()
                        .max(Comparator.comparingInt(this::weight).thenComparing(c -> -changed.indexOf(c)))
                        .orElseThrow();
                remove(used.stream()
                        .filter(each -> most.equals(owners.get(each)))
                        .findFirst()
                        .orElseThrow());
            }
        }

        void use(String key) {
            if (values.containsKey(key)) {
                used.remove(key);
                used.add(key);
            }
        }

        void remove(String key) {
            ClientKey owner = owners.remove(key);
            if (owner != null) {
                values.remove(key);
                used.remove(key);
                touch(owner);
            }
        }

        private void touch(ClientKey client) {
            changed.remove(client);
            changed.add(client);
        }

        int weight(ClientKey client) {
            return owners.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(client))
                    .mapToInt(entry -> values.getOrDefault(entry.getKey(), 0))
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomOperationsDoWhatAPlainModelDoes(long seed) {
        Random random = new Random(seed);
        FairCache<String, Integer> cache = new FairCache<>(60, value -> value);
        Model model = new Model();
        for (int i = 0; i < 3000; i++) {
            String key = "k" + random.nextInt(80);
            int what = random.nextInt(10);
            ClientKey client = client(random.nextInt(1 + random.nextInt(8)));
            if (what < 6) {
                int value = 1 + random.nextInt(9);
                cache.put(client, key, value);
                model.put(client, key, value, 60);
            } else if (what < 9) {
                cache.get(key);
                model.use(key);
            } else {
                cache.remove(key);
                model.remove(key);
            }
            assertThat(cache.size()).isEqualTo(model.values.size());
            @Nullable Integer there = model.values.get(key);
            assertThat(cache.get(key)).isEqualTo(there);
            model.use(key);
        }
        model.values.forEach((key, value) -> assertThat(cache.get(key)).isEqualTo(value));
        assertThat(cache.weight())
                .isEqualTo(
                        model.values.values().stream().mapToInt(value -> value).sum());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void nobodyWithinItsShareLosesAnythingToOthers(long seed) {
        Random random = new Random(seed);
        FairCache<String, ClientKey> cache = new FairCache<>(90);
        int clients = 9;
        int share = 90 / clients;
        Map<ClientKey, Integer> counts = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            ClientKey client = client(random.nextInt(1 + random.nextInt(clients)));
            counts.merge(client, 1, Integer::sum);
            for (ClientKey loser : cache.put(client, "k" + i, client)) {
                int left = counts.merge(loser, -1, Integer::sum);
                assertThat(left).isGreaterThanOrEqualTo(share);
            }
        }
    }

    private static ClientKey client(int number) {
        return ClientKey.of(new InetSocketAddress("10.0." + number / 256 + "." + number % 256, 1));
    }
}
