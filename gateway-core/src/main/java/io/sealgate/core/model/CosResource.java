package io.sealgate.core.model;

/**
 * What a request acts on.
 *
 * @param bucket bucket with appid, for example {@code examplebucket-1250000000}
 * @param region for example {@code ap-guangzhou}
 * @param key    object key, decoded once; empty for the bucket itself
 */
public record CosResource(String bucket, String region, String key) {

    public boolean isBucket() {
        return key.isEmpty();
    }
}
