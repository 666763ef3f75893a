package io.sealgate.origin;

import java.io.IOException;
import java.util.List;

/** POST ?delete: up to a thousand keys at once. */
final class DeleteObjects {
    private static final int MOST_KEYS = 1_000;

    private final OriginContext origin;

    DeleteObjects(OriginContext origin) {
        this.origin = origin;
    }

    Step delete(CosRequest request) {
        if (!ContentMd5.of(request).present()) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "Deleting several objects needs a Content-MD5.");
        }
        return SmallBody.receive(request, body -> {
            XmlElement document = XmlElement.parse(body, "Delete");
            boolean quiet =
                    document.text("Quiet").filter("true"::equalsIgnoreCase).isPresent();
            List<XmlElement> objects = document.children("Object");
            if (objects.isEmpty() || objects.size() > MOST_KEYS) {
                throw new Refusal(ErrorCode.MALFORMED_XML, "The list has not between 1 and " + MOST_KEYS + " keys.");
            }
            XmlWriter result = new XmlWriter("DeleteResult");
            for (XmlElement object : objects) {
                delete(request.bucket(), object, quiet ? new XmlWriter("Discarded") : result);
            }
            return Answer.xml(result).andCommitted();
        });
    }

    /** One version for good, or what there is under the name; an empty version is none. */
    private void delete(String bucket, XmlElement object, XmlWriter result) throws IOException {
        ObjectName name = new ObjectName(bucket, object.need("Key"));
        String version = object.text("VersionId").filter(id -> !id.isEmpty()).orElse(null);
        result.begin("Deleted").text("Key", name.key());
        if (version != null) {
            origin.store().deleteVersion(name, version);
            result.text("VersionId", version);
        } else {
            origin.store().delete(name);
            origin.store().latestVersionId(name).ifPresent(marker -> result.text("DeleteMarker", "true")
                    .text("DeleteMarkerVersionId", marker));
        }
        result.end();
    }
}
