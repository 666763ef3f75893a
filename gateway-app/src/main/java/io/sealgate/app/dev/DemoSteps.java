package io.sealgate.app.dev;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.net.http.HttpClient.Version.HTTP_2;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealgate.app.ContentDigests;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.origin.CosOrigin;
import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import io.sealgate.origin.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The steps of the demonstration, in the order in which they build on each other. Confined to one demonstration. */
final class DemoSteps {

    private static final String KEY = "photos/cat.jpg";
    private static final String TARGET = "/" + KEY;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DevSite site;
    private final CosOrigin origin;
    private final byte[] object = new byte[1 << 20];
    private final DemoClient device;
    private final DemoClient oldDevice;

    private DemoSteps(DevSite site) {
        this.site = site;
        this.origin = site.origin();
        new Random(1).nextBytes(object);
        CertificateAuthority ca = site.authority().authority();
        IssuedCertificate certificate = ca.issue(CertificateSpec.client("device-1"));
        this.device = DemoClient.of(site.port(), ca, certificate, HTTP_2);
        this.oldDevice = DemoClient.of(site.port(), ca, certificate, HTTP_1_1);
    }

    static List<DemoStep> of(DevSite site) {
        DemoSteps steps = new DemoSteps(site);
        return List.of(
                new DemoStep("a client without a certificate is refused", steps::noCertificate),
                new DemoStep("a client of another CA of the same name is refused", steps::foreignCertificate),
                new DemoStep("an upload with Content-MD5 is accepted, over HTTP/2", steps::upload),
                new DemoStep("the object at the origin is the same, byte for byte", steps::stored),
                new DemoStep("the gateway signed it and asked for server-side encryption", steps::encrypted),
                new DemoStep("a corrupted upload is refused and never becomes an object", steps::corruptUpload),
                new DemoStep("a streamed upload of unknown length is stored whole", steps::streamedUpload),
                new DemoStep("a download is the same, byte for byte, and its CRC64 verified", steps::download),
                new DemoStep("the same over HTTP/1.1", steps::downloadOverHttp1),
                new DemoStep("a corrupted download is fetched again, or refused", steps::corruptDownload),
                new DemoStep("a range is answered with just that range", steps::range),
                new DemoStep("HEAD tells size and checksum", steps::head),
                new DemoStep("a listing names the objects", steps::list),
                new DemoStep("an operation that the route does not serve never reaches the origin", steps::forbidden),
                new DemoStep("DELETE removes the object", steps::delete),
                new DemoStep("at the end running requests finish and new ones find the door closed", steps::drain));
    }

    private void noCertificate() {
        DemoClient stranger = DemoClient.of(site.port(), site.authority().authority(), null, HTTP_2);
        refused(stranger);
    }

    private void foreignCertificate() {
        // under the same name, because a client sends its certificate only to a server that names its issuer
        IssuedCertificate foreign =
                CertificateAuthority.root(DevFiles.AUTHORITY).issue(CertificateSpec.client("device-1"));
        refused(DemoClient.of(site.port(), site.authority().authority(), foreign, HTTP_2));
    }

    private void refused(DemoClient stranger) {
        long before = origin.log().requestsSeen();
        try {
            HttpResponse<byte[]> response = stranger.get(TARGET);
            throw new AssertionError("answered " + response.statusCode());
        } catch (IOException expected) {
            equal("requests at the origin", before, origin.log().requestsSeen());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void upload() throws Exception {
        HttpResponse<byte[]> response = device.put(TARGET, object, "Content-MD5", contentMd5(object));
        status(200, response);
        equal("protocol", HTTP_2, response.version());
    }

    private void stored() {
        identical(object, atOrigin(KEY).bytes());
    }

    private void encrypted() {
        LoggedRequest put = origin.log().await(request -> request.method().equals("PUT"), PATIENCE);
        equal(
                "encryption",
                "AES256",
                put.headers().first("x-cos-server-side-encryption").orElse("none"));
        boolean signed = put.headers().first("Authorization").orElse("").contains("q-ak=" + DevFiles.SECRET_ID);
        equal("signed with the gateway's key", true, signed);
    }

    private void corruptUpload() throws Exception {
        byte[] corrupt = object.clone();
        corrupt[corrupt.length / 2] ^= 1;
        for (DemoClient client : List.of(device, oldDevice)) {
            HttpResponse<byte[]> response = client.put("/corrupt", corrupt, "Content-MD5", contentMd5(object));
            status(400, response);
            contains(response, "<Code>BadDigest</Code>");
        }
        equal("stored", false, origin.store().find(DevFiles.BUCKET, "corrupt").isPresent());
    }

    private void streamedUpload() throws Exception {
        for (DemoClient client : List.of(device, oldDevice)) {
            BodyPublisher stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(object));
            status(200, client.send("PUT", "/streamed", stream));
            identical(object, atOrigin("streamed").bytes());
            status(204, client.send("DELETE", "/streamed", BodyPublishers.noBody()));
        }
    }

    private void download() throws Exception {
        HttpResponse<byte[]> response = device.get(TARGET);
        status(200, response);
        equal("protocol", HTTP_2, response.version());
        identical(object, response.body());
        equal("verified downloads", true, verifiedDownloads() > 0);
    }

    private void downloadOverHttp1() throws Exception {
        HttpResponse<byte[]> response = oldDevice.get(TARGET);
        status(200, response);
        equal("protocol", HTTP_1_1, response.version());
        identical(object, response.body());
    }

    private void corruptDownload() throws Exception {
        RequestMatcher downloads = RequestMatcher.method("GET");
        for (DemoClient client : List.of(device, oldDevice)) {
            origin.faults().next(downloads, new Fault.FlipByte(object.length / 2));
            HttpResponse<byte[]> repaired = client.get(TARGET);
            status(200, repaired);
            identical(object, repaired.body());
            origin.faults().always(downloads, new Fault.FlipByte(object.length / 2));
            status(502, client.get(TARGET));
            origin.faults().clear();
        }
    }

    private void range() throws Exception {
        HttpResponse<byte[]> response = device.get(TARGET, "Range", "bytes=1000-1999");
        status(206, response);
        identical(Arrays.copyOfRange(object, 1000, 2000), response.body());
    }

    private void head() throws Exception {
        HttpResponse<byte[]> response = device.send("HEAD", TARGET, BodyPublishers.noBody());
        status(200, response);
        equal("length", object.length, (int)
                response.headers().firstValueAsLong("Content-Length").orElse(-1));
        String crc64 = response.headers().firstValue("x-cos-hash-crc64ecma").orElse("none");
        equal("CRC64", ContentDigests.of(new ByteArrayInputStream(object)).crc64(), crc64);
    }

    private void list() throws Exception {
        HttpResponse<byte[]> response = device.get("/?prefix=photos");
        status(200, response);
        contains(response, "<Key>" + KEY + "</Key>");
    }

    private void forbidden() throws Exception {
        long before = origin.log().requestsSeen();
        HttpResponse<byte[]> response = device.put(TARGET + "?acl", new byte[0], "x-cos-acl", "public-read");
        status(403, response);
        contains(response, "<Code>AccessDenied</Code>");
        equal("requests at the origin", before, origin.log().requestsSeen());
    }

    private void delete() throws Exception {
        status(204, device.send("DELETE", TARGET, BodyPublishers.noBody()));
        equal("stored", false, origin.store().find(DevFiles.BUCKET, KEY).isPresent());
    }

    private void drain() throws Exception {
        status(200, device.put("/last", object));
        origin.log().clear();
        // over HTTP/1.1: on GOAWAY the JDK's client before version 24 gives up requests that the server still answers
        origin.faults().next(RequestMatcher.method("GET"), new Fault.Delay(Duration.ofMillis(300)));
        CompletableFuture<HttpResponse<byte[]>> running = oldDevice.begin("/last");
        origin.log().await(request -> request.method().equals("GET"), PATIENCE);
        equal("finished in time", true, site.gateway().drain(PATIENCE));
        HttpResponse<byte[]> response = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        status(200, response);
        identical(object, response.body());
        refused(device);
    }

    /** As the gateway's own metrics tell. */
    private double verifiedDownloads() throws Exception {
        return Metrics.sum(
                site.gateway().managementAddress(),
                "sealgate_integrity_checks_total",
                "algorithm=\"crc64\"",
                "outcome=\"matched\"");
    }

    private StoredObject atOrigin(String key) {
        return origin.store()
                .find(DevFiles.BUCKET, key)
                .orElseThrow(() -> new AssertionError("object at the origin: none (expected: " + key + ")"));
    }

    private static String contentMd5(byte[] bytes) throws IOException {
        return ContentDigests.of(new ByteArrayInputStream(bytes)).contentMd5();
    }

    private static void status(int expected, HttpResponse<byte[]> response) {
        equal("status", expected, response.statusCode());
    }

    private static void contains(HttpResponse<byte[]> response, String text) {
        String body = new String(response.body(), UTF_8);
        equal("answer has " + text, true, body.contains(text));
    }

    private static void identical(byte[] expected, byte[] actual) {
        equal("first difference at byte", -1, Arrays.mismatch(expected, actual));
    }

    private static void equal(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
        }
    }
}
