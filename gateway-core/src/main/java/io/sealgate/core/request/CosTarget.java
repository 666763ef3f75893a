package io.sealgate.core.request;

import io.sealgate.core.model.QueryParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request's target and {@code Host} mean, decoded once. Immutable.
 *
 * @param bucket   the bucket that the client named, or {@code null} if only the route knows it
 * @param region   the region that the client named, or {@code null}
 * @param naming   what names the bucket
 * @param hostName {@code Host} without the port, lower case
 * @param key      decoded object key, empty for the bucket itself
 * @param query    decoded parameters in order, without those that carry credentials
 */
public record CosTarget(
        @Nullable String bucket,
        @Nullable String region,
        Naming naming,
        String hostName,
        String key,
        List<QueryParameter> query) {

    public CosTarget {
        query = List.copyOf(query);
    }

    /** What names the bucket of a request. */
    public enum Naming {
        /** A host name of COS's own, perhaps together with the path. */
        COS_HOST,
        /** The path, on a host of the gateway's own that is addressed so. */
        PATH,
        /** Nothing that the client sent: the route knows. */
        ROUTE
    }

    /** Whether the path begins with the bucket's name. */
    public boolean isBucketInPath() {
        return naming == Naming.PATH || (naming == Naming.COS_HOST && !hostName.startsWith(bucket + "."));
    }

    /** Whether the target is the bucket and not an object in it. */
    public boolean isBucket() {
        return key.isEmpty();
    }

    /** The same, of another object. */
    public CosTarget with(String otherKey, List<QueryParameter> otherQuery) {
        return new CosTarget(bucket, region, naming, hostName, otherKey, otherQuery);
    }

    /** Whether there is a parameter of this name, with or without a value. */
    public boolean has(String name) {
        for (QueryParameter parameter : query) {
            if (parameter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** A parameter's value; empty if it has none or is not there. */
    public String value(String name) {
        for (QueryParameter parameter : query) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return "";
    }
}
