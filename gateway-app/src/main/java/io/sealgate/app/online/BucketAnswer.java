package io.sealgate.app.online;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a bucket said. Immutable.
 *
 * @param status HTTP status
 * @param body   UTF-8, as it came
 */
record BucketAnswer(int status, String body) {

    /** COS document 436/7730. */
    private static final Set<String> HOPELESS = Set.of(
            "NoSuchBucket", "InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "ExpiredToken");

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** The error code in it, empty if there is none. */
    String code() {
        return xml().map(document -> text(document.getDocumentElement(), "Code"))
                .orElse("");
    }

    /** Whether there is no such bucket, or nothing may be asked of it with this key: then the gateway will not get anything either. */
    boolean isRefusalOfAll() {
        return HOPELESS.contains(code());
    }

    /** Status and error code, for messages. */
    String summary() {
        return code().isEmpty() ? Integer.toString(status) : status + " " + code();
    }

    /** Its XML, empty if it is none. */
    Optional<Document> xml() {
        try {
            return Optional.of(parser().parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        } catch (SAXException e) {
            return Optional.empty();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("XML parser: " + e.getMessage() + " (expected: the JDK's)", e);
        }
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature(NO_DOCTYPE, true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler()); // the default one prints
        return parser;
    }

    /** All elements called {@code name} below {@code parent}. */
    static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The text of the first element called {@code name} below {@code parent}, empty if there is none. */
    static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }
}
