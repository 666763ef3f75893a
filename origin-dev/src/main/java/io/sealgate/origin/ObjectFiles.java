package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions of objects as properties files, named by a digest of bucket and key because keys make no file names.
 * The caller sees to it that one object's file has one writer.
 */
final class ObjectFiles {
    private static final String SUFFIX = ".properties";

    private final Path folder;
    private final Path data;

    ObjectFiles(Path folder, Path data) {
        this.folder = folder;
        this.data = data;
    }

    void write(StoredObject object) throws IOException {
        Path file = fileOf(object.name());
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (Writer out = Files.newBufferedWriter(draft, UTF_8)) {
            describe(object).store(out, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(ObjectName name) throws IOException {
        Files.deleteIfExists(fileOf(name));
    }

    List<StoredObject> readAll() throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                Properties properties = new Properties();
                try (Reader in = Files.newBufferedReader(file, UTF_8)) {
                    properties.load(in);
                }
                objects.add(restore(properties));
            }
        }
        return objects;
    }

    private Path fileOf(ObjectName name) {
        byte[] digest = Digests.sha1().digest((name.bucket() + '/' + name.key()).getBytes(UTF_8));
        return folder.resolve(Digests.hex(digest) + SUFFIX);
    }

    private static Properties describe(StoredObject object) {
        Properties to = new Properties();
        to.setProperty("bucket", object.bucket());
        to.setProperty("key", object.key());
        to.setProperty("size", Long.toString(object.size()));
        to.setProperty("etag", object.etag());
        to.setProperty("crc64", object.crc64Text());
        to.setProperty("modified", object.modified().toString());
        to.setProperty("origin", object.origin().name());
        to.setProperty("acl", object.acl());
        to.setProperty("file", object.file().getFileName().toString());
        int line = 0;
        for (Map.Entry<String, String> header : object.metadata().lines()) {
            to.setProperty("header." + line + ".name", header.getKey());
            to.setProperty("header." + line++ + ".value", header.getValue());
        }
        object.tags().forEach((name, value) -> to.setProperty("tag." + name, value));
        describe(object.encryption(), to);
        return to;
    }

    private static void describe(Encryption encryption, Properties to) {
        if (encryption instanceof Encryption.Managed managed) {
            to.setProperty("sse.cos", managed.algorithm());
        } else if (encryption instanceof Encryption.Kms kms) {
            to.setProperty("sse.kms", "");
            if (kms.keyId() != null) {
                to.setProperty("sse.kms.key-id", kms.keyId());
            }
            if (kms.context() != null) {
                to.setProperty("sse.kms.context", kms.context());
            }
        } else if (encryption instanceof Encryption.Customer customer) {
            to.setProperty("sse.c", customer.keyMd5());
        }
    }

    private StoredObject restore(Properties from) throws IOException {
        Headers metadata = Headers.none();
        for (int line = 0; from.containsKey("header." + line + ".name"); line++) {
            metadata = metadata.and(need(from, "header." + line + ".name"), need(from, "header." + line + ".value"));
        }
        Map<String, String> tags = new HashMap<>();
        for (String name : from.stringPropertyNames()) {
            if (name.startsWith("tag.")) {
                tags.put(name.substring(4), need(from, name));
            }
        }
        return new StoredObject(
                need(from, "bucket"),
                need(from, "key"),
                Long.parseLong(need(from, "size")),
                need(from, "etag"),
                Long.parseUnsignedLong(need(from, "crc64")),
                Instant.parse(need(from, "modified")),
                StoredObject.Origin.valueOf(need(from, "origin")),
                metadata,
                encryption(from),
                need(from, "acl"),
                tags,
                data.resolve(need(from, "file")));
    }

    private static Encryption encryption(Properties from) {
        @Nullable String managed = from.getProperty("sse.cos");
        @Nullable String customer = from.getProperty("sse.c");
        if (managed != null) {
            return new Encryption.Managed(managed);
        }
        if (customer != null) {
            return new Encryption.Customer(customer);
        }
        return from.containsKey("sse.kms")
                ? new Encryption.Kms(from.getProperty("sse.kms.key-id"), from.getProperty("sse.kms.context"))
                : Encryption.NONE;
    }

    private static String need(Properties from, String name) throws IOException {
        String value = from.getProperty(name);
        if (value == null) {
            throw new IOException("object description: without " + name + " (expected: a file this origin wrote)");
        }
        return value;
    }
}
