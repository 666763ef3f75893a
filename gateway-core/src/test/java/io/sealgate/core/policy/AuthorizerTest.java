package io.sealgate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.local.LocalAddress;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.clients.ClientRule;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.Heads;
import io.sealgate.core.request.PathPattern;
import io.sealgate.core.request.Route;
import io.sealgate.core.spi.DecisionListener;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorizerTest {

    private static final ClientIdentity CERTIFIED = new ClientIdentity.Certified(
            "CN=a", "a", List.of(), "01", "CN=ca", "00", "5b", Instant.parse("2030-01-01T00:00:00Z"), List.of());

    private static final RequestHead HEAD = Heads.good(Heads.raw("GET / HTTP/1.1", "Host: gw.example"));

    private final Authorizer authorizer = new Authorizer(DecisionListener.NONE);

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void routeThatServesNothingPermitsNothing(CosOperation operation) {
        String key = operation.is(CosOperation.Trait.ON_BUCKET) ? "" : "own/a";

        assertThat(reason(authorize(CERTIFIED, route(ClientsConfig.Anonymous.ALLOW), operation, resource(key))))
                .isEqualTo("operation");
    }

    @Test
    void permitSaysWhatWasAllowed() {
        Route route = route(ClientsConfig.Anonymous.DENY, CosOperation.GET_OBJECT);

        Verdict verdict = authorize(CERTIFIED, route, CosOperation.GET_OBJECT, resource("own/a"));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Allowed.class, allowed -> {
            assertThat(allowed.permit().operation()).isEqualTo(CosOperation.GET_OBJECT);
            assertThat(allowed.permit().resource()).isEqualTo(resource("own/a"));
        });
    }

    @Test
    void anonymousClientsNeedARouteThatSaysSo() {
        ClientIdentity nobody = new ClientIdentity.Anonymous();
        Route closed = route(ClientsConfig.Anonymous.DENY, CosOperation.GET_OBJECT);
        Route open = route(ClientsConfig.Anonymous.ALLOW, CosOperation.GET_OBJECT);

        assertThat(reason(authorize(nobody, closed, CosOperation.GET_OBJECT, resource("own/a"))))
                .isEqualTo("anonymous");
        assertThat(authorize(nobody, open, CosOperation.GET_OBJECT, resource("own/a")))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({"GET_OBJECT,other/a", "GET_OBJECT,own", "GET_OBJECT,''", "DELETE_MULTIPLE_OBJECTS,other/a"})
    void keysOutsideTheRouteAreDenied(CosOperation operation, String key) {
        Route route = route(ClientsConfig.Anonymous.DENY, operation);

        assertThat(reason(authorize(CERTIFIED, route, operation, resource(key))))
                .isEqualTo("key");
    }

    @Test
    void otherBucketsAreDenied() {
        Route route = route(ClientsConfig.Anonymous.DENY, CosOperation.GET_OBJECT);

        Verdict verdict = authorize(CERTIFIED, route, CosOperation.GET_OBJECT, new CosResource("c-1", "r", "own/a"));

        assertThat(reason(verdict)).isEqualTo("bucket");
    }

    @Test
    void strangersAreNotToldWhy() {
        Verdict verdict =
                authorize(CERTIFIED, route(ClientsConfig.Anonymous.DENY), CosOperation.GET_OBJECT, resource("own/a"));

        assertThat(verdict).isEqualTo(new Verdict.Refused(new GatewayError.Denied("Access Denied.", "operation")));
    }

    private Verdict authorize(ClientIdentity identity, Route route, CosOperation operation, CosResource resource) {
        ConnectionContext connection = new ConnectionContext("edge", new LocalAddress("client"), identity, null);
        return authorizer.authorize(
                route, operation, resource, new Facts(connection, HEAD, operation, List.of(), "gw.example"));
    }

    private record Facts(
            ConnectionContext connection,
            RequestHead head,
            CosOperation operation,
            List<QueryParameter> query,
            String hostName)
            implements RequestFacts {}

    private static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.denial().reason() : "allowed";
    }

    private static CosResource resource(String key) {
        return new CosResource("b-1", "r", key);
    }

    private static Route route(ClientsConfig.Anonymous anonymous, CosOperation... operations) {
        RouteConfig config = new RouteConfig(
                "a",
                new RouteConfig.MatchConfig(List.of(), List.of(), null, "/own/**", List.of()),
                ClientsConfig.of(anonymous),
                "cos",
                null,
                List.of(),
                null,
                null,
                IntegrityConfig.defaults(),
                EncryptionConfig.none(),
                UploadsConfig.none(),
                null);
        return new Route(
                config,
                "b-1",
                "r",
                "b-1.cos.r.myqcloud.com",
                PathPattern.parse("/own/**"),
                new ClientRule(anonymous == ClientsConfig.Anonymous.ALLOW, List.of()),
                Set.of(operations),
                null);
    }
}
