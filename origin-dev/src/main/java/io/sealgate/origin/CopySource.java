package io.sealgate.origin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code x-cos-copy-source} header: a bucket's host and an encoded key, without a scheme. */
final class CopySource {
    private static final Pattern SOURCE = Pattern.compile(
            "([a-z0-9-]+-[0-9]+)\\.(cos|cosv6|cos-cdc|cos-internal)\\.[a-z0-9-]+\\.(myqcloud\\.com|tencentcos\\.cn)/([^?]+)");

    private CopySource() {}

    /** The object to copy from; its conditions hold and its customer key, if it needs one, is the right one. */
    static StoredObject find(CosRequest request, OriginContext origin) {
        Matcher source = SOURCE.matcher(request.header("x-cos-copy-source").orElse(""));
        if (!source.matches()) {
            throw new Refusal(ErrorCode.INVALID_COPY_SOURCE, "The copy source is not host/key.");
        }
        ObjectName name = new ObjectName(source.group(1), Percent.decode(source.group(4)));
        StoredObject object = origin.store()
                .find(name)
                .orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_COPY_SOURCE, "The copy source does not exist."));
        origin.encryption().requireSourceKey(request, object.encryption());
        Preconditions.requireOfSource(request, object);
        return object;
    }
}
