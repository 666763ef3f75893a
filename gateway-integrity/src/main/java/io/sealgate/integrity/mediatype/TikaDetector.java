package io.sealgate.integrity.mediatype;

import io.sealgate.core.spi.ContentTypeDetector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/**
 * Apache Tika's table of magic numbers and root elements, and {@link ActingText}; neither names nor what is declared
 * are looked at. What the table says of how types are derived from each other decides what may be called what.
 * Thread-safe.
 */
public final class TikaDetector implements ContentTypeDetector {

    /** Names in use that the table does not have. */
    private static final Map<String, String> ALIASES = Map.of(
            "image/jpg", "image/jpeg",
            "image/pjpeg", "image/jpeg",
            "image/x-png", "image/png",
            "audio/mp3", "audio/mpeg",
            "audio/x-mp3", "audio/mpeg",
            "audio/webm", "video/webm",
            "application/mp4", "video/mp4",
            "binary/octet-stream", "application/octet-stream");

    /** The table does not know that they are of one family, and browsers take one for the other. */
    private static final Set<MediaType> PAGES = Set.of(MediaType.TEXT_HTML, MediaType.application("xhtml+xml"));

    /** Of these there are many kinds that the table does not know; what it does know as something else is none of them. */
    private static final Set<String> MEDIA = Set.of("image", "audio", "video", "font");

    /** What somebody's browser or machine would run. */
    private static final Set<MediaType> ACTING = Set.of(
            MediaType.TEXT_HTML,
            MediaType.application("xhtml+xml"),
            MediaType.image("svg+xml"),
            MediaType.application("x-sh"),
            MediaType.application("x-bat"),
            MediaType.text("x-php"),
            MediaType.text("x-jsp"),
            MediaType.text("x-perl"),
            MediaType.text("x-python"),
            MediaType.text("javascript"),
            MediaType.application("java-vm"),
            MediaType.application("wasm"),
            MediaType.application("x-dex"),
            MediaType.application("x-elf"),
            MediaType.application("x-mach-o"),
            MediaType.application("x-mach-o-universal"),
            MediaType.application("x-msdownload"));

    private final MimeTypes types;
    private final MediaTypeRegistry registry;

    private TikaDetector(MimeTypes types) {
        this.types = types;
        this.registry = types.getMediaTypeRegistry();
    }

    /** Reads the library's own table, which takes about half a second. */
    public static TikaDetector load() {
        return new TikaDetector(MimeTypes.getDefaultMimeTypes());
    }

    @Override
    public Detected detect(byte[] beginning) {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(XmlProlog.withoutDocumentType(beginning));
            return new Found(
                    registry.normalize(types.detect(bytes, new Metadata())),
                    ActingText.isPage(beginning),
                    ActingText.isScript(beginning));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
    }

    private final class Found implements Detected {

        private final MediaType found;
        private final boolean isPage;
        private final boolean isScript;

        Found(MediaType found, boolean isPage, boolean isScript) {
            this.found = found;
            this.isPage = isPage;
            this.isScript = isScript;
        }

        @Override
        public String type() {
            return found.toString();
        }

        @Override
        public boolean mayBe(String type) {
            if (type.endsWith("/*")) {
                return type.startsWith(found.getType() + "/");
            }
            MediaType declared = registry.normalize(MediaType.parse(ALIASES.getOrDefault(type, type)));
            if (isRoot(declared) ? isOpaque(declared) : isRelated(declared)) {
                return true;
            }
            if (PAGES.contains(declared) && (isPage || PAGES.contains(found))) {
                return true;
            }
            if (registry.isInstanceOf(declared, MediaType.TEXT_PLAIN)) {
                return (isOpaque(found) || registry.isInstanceOf(found, MediaType.TEXT_PLAIN)) && !isActing();
            }
            if (MEDIA.contains(declared.getType())
                    && !isOpaque(found)
                    && !found.getType().equals(declared.getType())) {
                return false;
            }
            return !isTellable(declared) && !isActing();
        }

        /** One is a kind of the other: a document that is a ZIP may be declared as either. */
        private boolean isRelated(MediaType declared) {
            return registry.isInstanceOf(found, declared) || (!isRoot(found) && registry.isInstanceOf(declared, found));
        }

        private boolean isActing() {
            return isPage || isScript || ACTING.stream().anyMatch(acting -> registry.isInstanceOf(found, acting));
        }
    }

    /** Everything is one of these, so that they say nothing. */
    private static boolean isRoot(MediaType type) {
        return isOpaque(type) || type.equals(MediaType.TEXT_PLAIN);
    }

    private static boolean isOpaque(MediaType type) {
        return type.equals(MediaType.OCTET_STREAM);
    }

    /** Whether its bytes, or those of what it is a kind of, have marks to be known by. */
    private boolean isTellable(MediaType type) {
        for (MediaType kind = type; kind != null && !isRoot(kind); kind = registry.getSupertype(kind)) {
            if (hasMagic(kind)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasMagic(MediaType type) {
        try {
            MimeType known = types.getRegisteredMimeType(type.toString());
            return known != null && known.hasMagic();
        } catch (MimeTypeException e) {
            return false; // not a name that the table could have
        }
    }
}
