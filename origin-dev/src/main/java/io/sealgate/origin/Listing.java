package io.sealgate.origin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One page of GET Bucket (List Objects, version 1). Keys that share a delimited prefix count as one entry. */
final class Listing {
    private static final int LONGEST = 1_000;

    private final CosRequest request;
    private final String prefix;
    private final String delimiter;
    private final String marker;
    private final long most;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private String last = "";
    private boolean truncated;

    private Listing(CosRequest request) {
        this.request = request;
        this.prefix = request.query().first("prefix").orElse("");
        this.delimiter = request.query().first("delimiter").orElse("");
        this.marker = request.query().first("marker").orElse("");
        this.most = Math.min(request.number("max-keys", LONGEST), LONGEST);
    }

    static Listing of(CosRequest request, ObjectStore store) {
        Listing listing = new Listing(request);
        listing.collect(store);
        return listing;
    }

    private void collect(ObjectStore store) {
        ObjectName start = max(new ObjectName(request.bucket(), prefix), new ObjectName(request.bucket(), marker));
        Iterator<StoredObject> candidates = store.from(start)
                .dropWhile(object -> object.key().equals(marker) && !marker.isEmpty())
                .takeWhile(object -> object.key().startsWith(prefix))
                .iterator();
        while (candidates.hasNext() && !truncated) {
            StoredObject object = candidates.next();
            String group = commonPrefix(object.key()).orElse(null);
            if (group != null && (group.equals(marker) || commonPrefixes.contains(group))) {
                continue;
            }
            if (objects.size() + commonPrefixes.size() >= most) {
                truncated = true;
            } else if (group != null) {
                commonPrefixes.add(group);
                last = group;
            } else {
                objects.add(object);
                last = object.key();
            }
        }
    }

    private Optional<String> commonPrefix(String key) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? Optional.empty() : Optional.of(key.substring(0, end + delimiter.length()));
    }

    private static ObjectName max(ObjectName one, ObjectName other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    XmlWriter document() {
        KeyEncoding encoding = KeyEncoding.of(request);
        XmlWriter result = new XmlWriter("ListBucketResult")
                .text("Name", request.bucket())
                .text("Prefix", encoding.apply(prefix))
                .text("Marker", encoding.apply(marker))
                .text("MaxKeys", most)
                .text("Delimiter", encoding.apply(delimiter))
                .text("IsTruncated", Boolean.toString(truncated));
        if (encoding == KeyEncoding.URL) {
            result.text("EncodingType", "url");
        }
        if (truncated) {
            result.text("NextMarker", encoding.apply(last));
        }
        for (StoredObject object : objects) {
            result.begin("Contents")
                    .text("Key", encoding.apply(object.key()))
                    .text("LastModified", HttpDates.iso(object.modified()))
                    .text("ETag", object.etag())
                    .text("Size", object.size())
                    .begin("Owner")
                    .text("ID", "1250000000")
                    .text("DisplayName", "1250000000")
                    .end()
                    .text(
                            "StorageClass",
                            object.metadata().first("x-cos-storage-class").orElse("STANDARD"))
                    .end();
        }
        for (String group : commonPrefixes) {
            result.begin("CommonPrefixes").text("Prefix", encoding.apply(group)).end();
        }
        return result;
    }
}
