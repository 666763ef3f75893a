package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryNoticeTest {

    private static final Instant END = Instant.parse("2026-11-05T08:09:07Z");
    private static final Duration WITHIN = Duration.ofDays(30);

    @ParameterizedTest
    @CsvSource({
        "2026-10-06T08:09:06Z, false",
        "2026-10-06T08:09:07Z, true",
        "2026-11-05T08:09:06Z, true",
        "2026-11-06T00:00:00Z, true"
    })
    void noticeIsGivenFromTheConfiguredTimeOn(Instant now, boolean given) {
        assertThat(notice(WITHIN, now, device()).contains(ExpiryNotice.HEADER)).isEqualTo(given);
    }

    @Test
    void endIsAnHttpDate() {
        assertThat(notice(WITHIN, END, device()).get("X-Sealgate-Certificate-Expires"))
                .isEqualTo("Thu, 05 Nov 2026 08:09:07 GMT");
    }

    @Test
    void nobodyIsToldWhereThatIsNotWanted() {
        assertThat(notice(null, END, device())).isEmpty();
    }

    @Test
    void whoHasNoCertificateIsNotTold() {
        assertThat(notice(WITHIN, END, new ClientIdentity.Anonymous())).isEmpty();
    }

    private static HttpHeaders notice(@Nullable Duration within, Instant now, ClientIdentity client) {
        HttpHeaders headers = new DefaultHttpHeaders();
        ExpiryNotice.of(within, () -> now).apply(client, headers);
        return headers;
    }

    private static ClientIdentity device() {
        return new ClientIdentity.Certified(
                "CN=device-1", "device-1", List.of(), "1", "CN=CA", "00", "00", END, List.of());
    }
}
