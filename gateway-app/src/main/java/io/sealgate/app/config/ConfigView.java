package io.sealgate.app.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.Secret;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import io.sealgate.tls.UpstreamTlsConfig.SystemTrust;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration as YAML again, with the defaults that apply: what {@link RecordBinder} does, the other way round. Secrets
 * appear as {@code ******}. Confined to one rendering.
 */
public final class ConfigView {

    /** Records that are single values in the file. */
    private static final Set<Class<?>> SINGLE_VALUES = Set.of(
            BindAddress.class,
            UnixSocketPath.class,
            Endpoint.class,
            EventLoops.class,
            ByteSize.class,
            AddressBlock.class,
            ListenerTls.None.class,
            SystemTrust.class);

    private final JsonGenerator yaml;

    private ConfigView(JsonGenerator yaml) {
        this.yaml = yaml;
    }

    /** The whole configuration. */
    public static String render(GatewayConfig config) {
        StringWriter text = new StringWriter();
        YAMLFactory format = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
        try (JsonGenerator yaml = format.createGenerator(text)) {
            new ConfigView(yaml).value(config);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    private void value(Object value) throws IOException {
        if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Integer number) {
            yaml.writeNumber(number);
        } else if (value instanceof ListenerTls.Terminated tls) {
            value(tls.config());
        } else if (value instanceof DocumentNode.Fields fields) {
            map(fields.fields());
        } else if (value instanceof DocumentNode.Items items) {
            list(items.items());
        } else if (value instanceof DocumentNode.Text text) {
            yaml.writeString(text.value());
        } else if (value instanceof Boolean bool) {
            yaml.writeBoolean(bool);
        } else if (value instanceof BundleTrust trust) {
            list(trust.files());
        } else if (value instanceof Record section && !SINGLE_VALUES.contains(section.getClass())) {
            section(section);
        } else {
            yaml.writeString(text(value));
        }
    }

    private void list(List<?> list) throws IOException {
        yaml.writeStartArray();
        for (Object item : list) {
            value(item);
        }
        yaml.writeEndArray();
    }

    private void map(Map<?, ?> map) throws IOException {
        yaml.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            yaml.writeFieldName(String.valueOf(entry.getKey()));
            value(entry.getValue());
        }
        yaml.writeEndObject();
    }

    private void section(Record section) throws IOException {
        yaml.writeStartObject();
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            Object value = read(section, component);
            if (value != null) {
                yaml.writeFieldName(Words.key(component.getName()));
                value(value);
            }
        }
        yaml.writeEndObject();
    }

    private static @Nullable Object read(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(section.getClass() + " is not a public record", e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return Words.word(constant);
        }
        if (value instanceof Duration duration) {
            return DurationText.format(duration);
        }
        if (value instanceof SystemTrust) {
            return "system";
        }
        if (value instanceof ListenerTls.None) {
            return "none";
        }
        return value instanceof Secret ? "******" : value.toString();
    }
}
