package io.sealgate.origin;

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
            List<String> keys = document.children("Object").stream()
                    .map(object -> object.need("Key"))
                    .toList();
            if (keys.isEmpty() || keys.size() > MOST_KEYS) {
                throw new Refusal(ErrorCode.MALFORMED_XML, "The list has not between 1 and " + MOST_KEYS + " keys.");
            }
            XmlWriter result = new XmlWriter("DeleteResult");
            for (String key : keys) {
                origin.store().delete(new ObjectName(request.bucket(), key));
                if (!quiet) {
                    result.begin("Deleted").text("Key", key).end();
                }
            }
            return Answer.xml(result).andCommitted();
        });
    }
}
