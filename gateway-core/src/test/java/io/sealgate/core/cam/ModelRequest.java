package io.sealgate.core.cam;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * A request as {@link PolicyModel} sees it: the words it was made of. The product sees it as {@link #facts()}.
 *
 * @param operation what policies are asked about; of a key of a batch delete, the batch
 * @param key     empty for the bucket, and for a batch delete before its body is read
 * @param headers each name with what was sent under it, in order
 * @param query   decoded
 * @param length  of the body; null if there is none, negative if it is chunked
 * @param tls     null for none
 */
record ModelRequest(
        CosOperation operation,
        String key,
        ClientIdentity client,
        Map<String, List<String>> headers,
        Map<String, String> query,
        String host,
        String address,
        String tls,
        Long length,
        long now) {

    boolean hasBody() {
        return length != null && length != 0;
    }

    boolean isUnreadBatch() {
        return operation == CosOperation.DELETE_MULTIPLE_OBJECTS && key.isEmpty();
    }

    /** A key of a batch delete is the deletion of that object or version. */
    private CosOperation meant() {
        return operation == CosOperation.DELETE_MULTIPLE_OBJECTS && !isUnreadBatch()
                ? CosOperation.DELETE_OBJECT
                : operation;
    }

    RequestFacts facts() {
        DefaultHttpHeaders fields = new DefaultHttpHeaders();
        headers.forEach(fields::add);
        BodyFraming framing = length == null
                ? new BodyFraming.None()
                : length < 0 ? new BodyFraming.Streamed() : new BodyFraming.Fixed(length);
        RequestHead head = new RequestHead(
                RequestId.next(), HttpVersion.HTTP_1_1, HttpMethod.GET, "/", host, fields, framing, false);
        ConnectionContext connection = new ConnectionContext(
                "edge",
                new InetSocketAddress(address, 4711),
                client,
                tls == null ? null : new ConnectionContext.Tls("TLSv" + tls, "TLS_AES_256_GCM_SHA384", null));
        List<QueryParameter> parameters = query.entrySet().stream()
                .map(each -> new QueryParameter(each.getKey(), each.getValue()))
                .toList();
        return new Facts(connection, head, meant(), parameters, host, now);
    }

    private record Facts(
            ConnectionContext connection,
            RequestHead head,
            CosOperation operation,
            List<QueryParameter> query,
            String hostName,
            long now)
            implements RequestFacts {}
}
