package io.sealgate.origin;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code x-cos-copy-source} header: a bucket's host and an encoded key, without a scheme. */
final class CopySource {
    private static final Pattern SOURCE = Pattern.compile(
            "([a-z0-9-]+-[0-9]+)\\.(cos|cosv6|cos-cdc|cos-internal)\\.[a-z0-9-]+\\.(myqcloud\\.com|tencentcos\\.cn)"
                    + "/([^?]+)(\\?versionId=([^&?]*))?");

    private CopySource() {}

    /** The object to copy from; its conditions hold and its customer key, if it needs one, is the right one. */
    static StoredObject find(CosRequest request, OriginContext origin) {
        Matcher source = SOURCE.matcher(request.header("x-cos-copy-source").orElse(""));
        if (!source.matches()) {
            throw new Refusal(ErrorCode.INVALID_COPY_SOURCE, "The copy source is not host/key.");
        }
        String key = CosRequest.keyOf(Percent.decode(source.group(4)));
        if (key.isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_COPY_SOURCE, "The copy source is a bucket.");
        }
        ObjectName name = new ObjectName(source.group(1), key);
        String version = Percent.decode(Objects.requireNonNullElse(source.group(6), ""));
        StoredObject object = version.isEmpty()
                ? origin.store().find(name).orElseThrow(() -> absent(ErrorCode.NO_SUCH_COPY_SOURCE))
                : origin.store().find(name, version).orElseThrow(() -> absent(ErrorCode.NO_SUCH_VERSION));
        origin.encryption().requireSourceKey(request, object.encryption());
        Preconditions.requireOfSource(request, object);
        return object;
    }

    private static Refusal absent(ErrorCode code) {
        return new Refusal(code, "The copy source does not exist.");
    }
}
