package io.sealgate.app.dev;

/** Commands to try a development gateway with, ready to paste. */
public final class CurlLines {

    private CurlLines() {}

    /** One command for each thing that can be tried; paths are absolute, so any directory will do. */
    public static String of(DevSite site) {
        String files = site.configuration().resolveSibling("").toString();
        String ca = "curl --cacert '" + files + "/ca.pem'";
        String curl = ca + " --cert '" + files + "/device.pem' --key '" + files + "/device.key'";
        String url = "https://localhost:" + site.port();
        return """
                put:      echo hello | %1$s -T - %3$s/hello.txt
                get:      %1$s %3$s/hello.txt
                head:     %1$s -I %3$s/hello.txt
                list:     %1$s '%3$s/?prefix=hello'
                delete:   %1$s -X DELETE %3$s/hello.txt
                refused:  %2$s %3$s/hello.txt
                """.formatted(curl, ca, url);
    }
}
