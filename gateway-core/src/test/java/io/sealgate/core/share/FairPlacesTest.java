package io.sealgate.core.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairPlacesTest {

    private static final ClientKey GREEDY = ClientKey.of(new InetSocketAddress("192.0.2.1", 1));
    private static final ClientKey OTHER = ClientKey.of(new InetSocketAddress("192.0.2.2", 1));

    private final FairPlaces places = new FairPlaces(8);

    @Test
    void oneClientHasHalf() {
        IntStream.range(0, 4).forEach(i -> assertThat(places.take(GREEDY)).isTrue());

        assertThat(places.take(GREEDY)).isFalse();

        assertThat(places.take(OTHER)).isTrue();
        places.give(GREEDY);
        assertThat(places.take(GREEDY)).isTrue();
    }

    @Test
    void whatStandsForManyClientsMayHaveAll() {
        IntStream.range(0, 8)
                .forEach(i -> assertThat(places.take(GREEDY.shared())).isTrue());

        assertThat(places.take(OTHER)).isFalse();
    }
}
