package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.credentials.CosCredentials;
import io.sealgate.core.credentials.StaticCredentials;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.Secret;
import io.sealgate.core.signing.CosSigner;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignedHeadersTest {

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void whateverAnOperationLetsPassIsSigned(CosOperation operation) {
        Set<String> names = new HashSet<>(ClosedList.of(operation).headers());
        names.addAll(ClosedList.of(operation).gated().keySet());
        names.addAll(Set.of("host", "content-length"));
        HttpHeaders headers = new DefaultHttpHeaders();
        names.forEach(name -> headers.set(name, "value"));

        new CosSigner(new StaticCredentials(CosCredentials.permanent("id", Secret.of("key"))), Clock.systemUTC())
                .sign(HttpMethod.PUT, "/a", List.of(), headers);

        String list = headers.get("authorization").replaceAll(".*q-header-list=([^&]*)&.*", "$1");
        assertThat(list.split(";")).containsExactlyInAnyOrderElementsOf(names);
    }
}
