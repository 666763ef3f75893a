package io.sealgate.core.keys;

import io.sealgate.core.cam.NameSeparation;
import io.sealgate.core.cam.Variable;
import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.keys.ChosenKey.None;
import io.sealgate.core.keys.ChosenKey.Reason;
import io.sealgate.core.keys.KeyPart.Extension;
import io.sealgate.core.keys.KeyPart.Known;
import io.sealgate.core.keys.KeyPart.Literal;
import io.sealgate.core.keys.KeyPart.Made;
import io.sealgate.core.keys.KeyPart.OfClient;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.request.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a route's keys are made, and recognised again without having been remembered. Immutable and thread-safe. */
public final class KeyTemplate {

    private static final List<String> NO_EXTENSION = List.of("");

    private final List<KeyPart> parts;
    /** With their dots; one that is empty if the template has none in it. */
    private final List<String> extensions;

    private final boolean hasExtension;

    /** What its keys look like whoever the client is. */
    private final Pattern form;

    private KeyTemplate(List<KeyPart> parts, List<String> extensions, boolean hasExtension) {
        this.parts = List.copyOf(parts);
        this.extensions = List.copyOf(extensions);
        this.hasExtension = hasExtension;
        this.form = form(parts, this.extensions);
    }

    private static Pattern form(List<KeyPart> parts, List<String> extensions) {
        String ends = extensions.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        StringBuilder form = new StringBuilder();
        for (KeyPart part : parts) {
            form.append(part.form(ends));
        }
        return Pattern.compile(form.toString(), Pattern.DOTALL);
    }

    /**
     * The template of a configuration that {@link KeysCheck} finds nothing wrong with.
     *
     * @throws IllegalArgumentException with a complete message if it does find something that makes no template
     */
    public static KeyTemplate of(KeysConfig config) {
        List<KeyPart> parts = TemplateParser.parse(config.template());
        boolean hasExtension = parts.stream().anyMatch(Extension.class::isInstance);
        return new KeyTemplate(
                parts,
                hasExtension
                        ? config.extensions().stream().map(each -> '.' + each).toList()
                        : NO_EXTENSION,
                hasExtension);
    }

    /** Whether no two clients can have the same key, whatever they are called. */
    boolean tellsClientsApart() {
        NameSeparation names = new NameSeparation(false);
        for (KeyPart part : parts) {
            if (part instanceof Literal literal) {
                names.words(literal.literal());
            } else if (part instanceof OfClient ofClient) {
                names.variable(ofClient.variable());
            } else if (part instanceof Extension) {
                names.anything();
            }
        }
        return names.tellsClientsApart();
    }

    /** The variables of the client's in it. */
    public Set<Variable> clientVariables() {
        return parts.stream()
                .filter(OfClient.class::isInstance)
                .map(part -> ((OfClient) part).variable())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean isUnique() {
        return parts.stream().anyMatch(KeyPart.Unique.class::isInstance);
    }

    boolean hasExtension() {
        return hasExtension;
    }

    /**
     * A key that has never been there.
     *
     * @param requestedName the key that the client asked for: only its extension matters
     * @param random        a secure source
     */
    public ChosenKey choose(ClientIdentity client, String requestedName, RandomGenerator random, Instant now) {
        String extension = hasExtension ? extensionOf(requestedName) : "";
        if (!extensions.contains(extension)) {
            return new None(Reason.KEY_EXTENSION);
        }
        StringBuilder key = new StringBuilder();
        for (KeyPart part : parts) {
            String text = part instanceof Known known ? known.text(client, extension) : ((Made) part).make(now, random);
            if (text == null) {
                return new None(Reason.KEY_TEMPLATE);
            }
            key.append(text);
        }
        return isKey(key.toString()) ? new ChosenKey.Key(key.toString()) : new None(Reason.KEY_TEMPLATE);
    }

    /** Empty if the name has none; a name that is all extension has none either. */
    private static String extensionOf(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 ? name.substring(dot) : "";
        // letters beyond ASCII may fold to those of ASCII: the Kelvin sign is no k
        return extension.chars().allMatch(c -> c < 0x80) ? extension.toLowerCase(Locale.ROOT) : extension;
    }

    /** What clients may send is wider: COS takes empty segments, but nobody means one who writes a template. */
    static boolean isKey(String key) {
        return !key.startsWith("/") && !key.contains("//") && ObjectKey.judge(key) == null;
    }

    /** Whether {@code key}, decoded, is one that this could have chosen for {@code client} at some time. */
    public boolean covers(String key, ClientIdentity client) {
        return isKey(key) && extensions.stream().anyMatch(extension -> matches(key, client, extension));
    }

    /** Whether {@code key}, decoded, may be one that this has chosen for anybody. A few more may seem so. */
    public boolean mayName(String key) {
        return form.matcher(key).matches();
    }

    private boolean matches(String key, ClientIdentity client, String extension) {
        int at = 0;
        for (KeyPart part : parts) {
            int end = part instanceof Known known
                    ? end(key, at, known.text(client, extension))
                    : end(key, at, (Made) part);
            if (end < 0) {
                return false;
            }
            at = end;
        }
        return at == key.length();
    }

    private static int end(String key, int at, @Nullable String text) {
        return text != null && key.startsWith(text, at) ? at + text.length() : -1;
    }

    private static int end(String key, int at, Made part) {
        int end = at + part.length();
        return end <= key.length() && part.fits(key.substring(at, end)) ? end : -1;
    }
}
