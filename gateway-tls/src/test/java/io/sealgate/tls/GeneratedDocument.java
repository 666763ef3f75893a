package io.sealgate.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A page of {@code docs} with a generated part. With {@code -Dsealgate.docs=write} the tests write that part
 * instead of only reading it.
 */
record GeneratedDocument(String text) {

    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";

    /** Reads the page, written anew with {@code rendered} first where that was asked for. */
    static GeneratedDocument open(String name, Supplier<String> rendered) {
        Path file = Path.of("..", "docs", name);
        try {
            GeneratedDocument document = new GeneratedDocument(Files.readString(file));
            if (System.getProperty("sealgate.docs", "").equals("write")) {
                Files.writeString(file, document.with(rendered.get()));
                document = new GeneratedDocument(Files.readString(file));
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generated part. */
    String table() {
        return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    }

    private String with(String table) {
        return text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + table + text.substring(text.indexOf(END));
    }
}
