package io.sealgate.core.cam;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes policies and requests for tests. */
public final class Documents {

    static final String BUCKET = "examplebucket-1250000000";
    static final String REGION = "ap-guangzhou";

    private Documents() {}

    public static DocumentNode node(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, DocumentNode> fields = new LinkedHashMap<>();
            map.forEach((name, child) -> fields.put(String.valueOf(name), node(child)));
            return new DocumentNode.Fields(fields);
        }
        return value instanceof List<?> list
                ? new DocumentNode.Items(list.stream().map(Documents::node).toList())
                : new DocumentNode.Text(String.valueOf(value));
    }

    public static DocumentNode statement(String effect, Object action, Object resource) {
        return node(Map.of("effect", effect, "action", action, "resource", resource));
    }

    public static DocumentNode statement(String effect, Object action, Object resource, Map<String, ?> condition) {
        return node(Map.of("effect", effect, "action", action, "resource", resource, "condition", condition));
    }

    public static Policy policy(String name, DocumentNode... statements) {
        Problems problems = new Problems();
        Policy policy = PolicyParser.statements(name, List.of(statements), problems, "statements");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.lines().toString());
        }
        return policy;
    }

    static PolicySet compiled(Policy... policies) {
        return PolicySet.compile(List.of(policies), BUCKET, REGION, "telemetry");
    }

    static PolicySet compiled(DocumentNode... statements) {
        return compiled(policy("p", statements));
    }

    static RequestFacts facts(ClientIdentity client, String... headers) {
        DefaultHttpHeaders fields = new DefaultHttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(headers[i], headers[i + 1]);
        }
        RequestHead head = new RequestHead(
                RequestId.next(),
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                "/",
                "gw.example",
                fields,
                new BodyFraming.None(),
                false);
        ConnectionContext connection =
                new ConnectionContext("edge", new InetSocketAddress("10.1.2.3", 4711), client, null);
        return new Facts(connection, head, CosOperation.GET_OBJECT, List.of());
    }

    private record Facts(
            ConnectionContext connection, RequestHead head, CosOperation operation, List<QueryParameter> query)
            implements RequestFacts {
        @Override
        public String hostName() {
            return head.authority();
        }
    }
}
