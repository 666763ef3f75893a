package io.sealgate.bench.peer;

import io.sealgate.bench.load.ClientTls;
import io.sealgate.bench.load.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * nginx, the yardstick: one worker, buffers large enough for its best pace (with the default ones a gibibyte costs four
 * times as much), nothing spooled to disk, nothing logged.
 */
public record Nginx() implements Peer {
    private static final String CONFIGURATION = "nginx.conf";

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Optional<String> version() {
        return Programs.firstLine("nginx", "-v").map(line -> line.replace("nginx version: nginx/", "nginx "));
    }

    @Override
    public String remedy() {
        return "apt-get install nginx";
    }

    @Override
    public Launch launch(Site site) {
        List<String> command = List.of("nginx", "-p", ".", "-e", "error.log", "-c", CONFIGURATION);
        return new Launch(command, Map.of(CONFIGURATION, configuration(site)));
    }

    private static String configuration(Site site) {
        CertificateFiles pem = site.certificates();
        return """
                daemon off;
                user %s;
                worker_processes 1;
                pid nginx.pid;
                error_log error.log warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  upstream origin {
                    server 127.0.0.1:%d;
                    keepalive 64;
                    keepalive_requests 10000000;
                  }
                  server {
                    listen 127.0.0.1:%d ssl;
                    server_name %s;
                    keepalive_requests 10000000;
                    client_max_body_size 0;
                    client_body_buffer_size 256k;

                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    ssl_protocols TLSv1.3;
                    ssl_conf_command Ciphersuites %s;
                    ssl_client_certificate %s;
                    ssl_crl %s;
                    ssl_verify_client on;
                    ssl_session_tickets off;
                    ssl_session_cache off;

                    location / {
                      proxy_pass http://origin;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $host;
                      proxy_request_buffering off;
                      proxy_buffers 16 256k;
                      proxy_busy_buffers_size 1m;
                      proxy_max_temp_file_size 0;
                    }
                  }
                }
                """.formatted(
                        System.getProperty("user.name"),
                        site.originPort(),
                        site.port(),
                        Target.HOST,
                        pem.serverChain(),
                        pem.serverKey(),
                        ClientTls.CIPHER,
                        pem.ca(),
                        pem.crl());
    }
}
