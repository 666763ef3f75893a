package io.sealgate.integrity.mediatype;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikaDetectorTest {

    private static final TikaDetector DETECTOR = TikaDetector.load();

    /** Bytes are text with escapes in hexadecimal, {@code {89}PNG}, and followed by two hundred zeros if they end in an ellipsis. */
    private static byte[] bytes(String form) {
        StringBuilder bytes = new StringBuilder();
        boolean isContinued = form.endsWith("...");
        String written = isContinued ? form.substring(0, form.length() - 3) : form;
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at);
            if (c == '{') {
                int end = written.indexOf('}', at);
                bytes.append(new String(HexFormat.of().parseHex(written.substring(at + 1, end)), ISO_8859_1));
                at = end + 1;
            } else {
                bytes.append(c);
                at++;
            }
        }
        return bytes.append(isContinued ? "\0".repeat(200) : "").toString().getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # pictures
            {89}PNG{0d0a1a0a0000000d49484452}...         | image/png                  | true
            {89}PNG{0d0a1a0a0000000d49484452}...         | image/x-png                | true
            {89}PNG{0d0a1a0a0000000d49484452}...         | image/*                    | true
            {89}PNG{0d0a1a0a0000000d49484452}...         | image/jpeg                 | false
            {89}PNG{0d0a1a0a0000000d49484452}...         | application/octet-stream   | true
            {89}PNG{0d0a1a0a0000000d49484452}...         | text/plain                 | false
            {89}PNG{0d0a1a0a0000000d49484452}...         | video/*                    | false
            {ffd8ffe00010}JFIF...                        | image/jpeg                 | true
            {ffd8ffe00010}JFIF...                        | image/jpg                  | true
            {ffd8ffe00010}JFIF...                        | image/pjpeg                | true
            {ffd8ffe00010}JFIF...                        | image/png                  | false
            GIF89a/*<script>alert(1)</script>*/=1;       | image/gif                  | true
            RIFF{10000000}WEBPVP8 ...                    | image/webp                 | true
            {00000018}ftypheic...                        | image/heic                 | true
            {00000018}ftypheic...                        | image/heif                 | true
            {00000018}ftypheic...                        | image/png                  | false
            # pages, scripts, programs
            <!DOCTYPE html><html><body>x</body></html>   | image/png                  | false
            <!DOCTYPE html><html><body>x</body></html>   | image/*                    | false
            <!DOCTYPE html><html><body>x</body></html>   | text/plain                 | false
            <!DOCTYPE html><html><body>x</body></html>   | text/csv                   | false
            <!DOCTYPE html><html><body>x</body></html>   | application/json           | false
            <!DOCTYPE html><html><body>x</body></html>   | application/x-of-our-own   | false
            <!DOCTYPE html><html><body>x</body></html>   | text/html                  | true
            {efbbbf}<html><body>x</body></html>          | text/plain                 | false
            <svg xmlns="http://www.w3.org/2000/svg"/>    | image/svg+xml              | true
            <svg xmlns="http://www.w3.org/2000/svg"/>    | image/*                    | true
            <svg xmlns="http://www.w3.org/2000/svg"/>    | image/png                  | false
            <svg xmlns="http://www.w3.org/2000/svg"/>    | text/plain                 | false
            <html xmlns="http://www.w3.org/1999/xhtml"/> | text/html                  | true
            <html xmlns="http://www.w3.org/1999/xhtml"/> | application/xhtml+xml      | true
            <html xmlns="http://www.w3.org/1999/xhtml"/> | text/plain                 | false
            <!DOCTYPE html><html><body>x</body></html>   | application/xhtml+xml      | true
            <script>alert(1)</script>                    | image/png                  | false
            <script>alert(1)</script>                    | image/x-of-our-own         | false
            %PDF-1.7{0a}%                                | image/x-of-our-own         | false
            {9c1f77e02b8d4455aa10}...                    | image/x-of-our-own         | true
            {9c1f77e02b8d4455aa10}...                    | video/mp2t                 | true
            <?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b>">]><svg xmlns="http://www.w3.org/2000/svg"/> | text/plain | false
            <?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/> | text/html | true
            <?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/> | text/plain | false
            <?xml version="1.0"?><!DOCTYPE r [<!ENTITY a | application/xml            | true
            {23}!/bin/sh{0a}rm -rf                       | text/plain                 | false
            {7f}ELF{02010100}...                         | application/x-of-our-own   | false
            {7f}ELF{02010100}...                         | image/jpeg                 | false
            MZ...                                        | video/mp4                  | false
            MZ...                                        | application/octet-stream   | true
            # what acts in spellings that the table of magic numbers does not have
            <script>alert(1)</script>                    | text/plain                 | false
            <script>alert(1)</script>                    | application/json           | false
            <SCRIPT src=x>                               | application/x-of-our-own   | false
            <script>alert(1)</script>                    | text/html                  | true
            <script>alert(1)</script>                    | application/octet-stream   | true
            {0a0d0920}<HtMl><script>                     | text/plain                 | false
            <!DoCtYpE{0a}hTmL><script>                   | text/csv                   | false
            <!-- x --> <!--y--><HtMl>                    | text/plain                 | false
            <!-- x --> <a xmlns="u"/>                    | application/xml            | true
            <!-- x --> hello                             | text/markdown              | true
            <!-- x                                       | text/plain                 | true
            {fffe3c00680074006d006c003e00}               | text/plain                 | false
            {feff003c005300430052004900500054003e}      | text/plain                 | false
            {3c00480054004d004c003e00}                   | application/x-of-our-own   | false
            {efbbbf}<iframe srcdoc=x>                    | text/plain                 | false
            <body/onload=alert(1)>                       | text/plain                 | false
            <article>news                                | text/plain                 | true
            hello <script>                               | text/plain                 | true
            {23}! /bin/bash{0a}                          | text/plain                 | false
            {23}!SILK_V3{1700b00ab2}...                  | audio/silk                 | true
            {02}#!SILK_V3{1700b00ab2}...                 | audio/silk                 | true
            {23}!AMR{0a3c912df0}...                      | audio/amr                  | true
            {23}!/usr/bin/perl{0a}                       | text/plain                 | false
            @echo off{0d0a}                              | text/plain                 | false
            <%@ page %>                                  | text/plain                 | false
            {00}asm{01000000}...                         | application/x-of-our-own   | false
            {cafebabe00000002}...                        | application/x-of-our-own   | false
            # documents
            %PDF-1.7{0a}%                                | application/pdf            | true
            %PDF-1.7{0a}%                                | image/png                  | false
            {504b030414000000}...                        | application/zip            | true
            {504b030414000000}...                        | application/vnd.openxmlformats-officedocument.wordprocessingml.document | true
            {504b030414000000}...                        | application/pdf            | false
            {1f8b0800}...                                | application/x-gzip         | true
            {1f8b0800}...                                | application/json           | false
            # films and sounds
            {00000020}ftypisom...                        | video/mp4                  | true
            {00000018}ftypmp42...                        | application/mp4            | true
            {00000018}ftypmp42...                        | video/*                    | true
            {00000018}ftypM4A ...                        | audio/mp4                  | true
            {1a45dfa39f4286810142f7810142f28104}...      | video/webm                 | true
            {1a45dfa39f4286810142f7810142f28104}...      | audio/webm                 | true
            ID3{0300}...                                 | audio/mp3                  | true
            OggS...                                      | audio/ogg                  | true
            # text, in which kinds of text are not told apart
            {7b}"a": [1, 2]}                           | application/json           | true
            a,b{0a}1,2{0a}                               | text/csv                   | true
            a,b{0a}1,2{0a}                               | application/x-ndjson       | true
            hello                                        | text/plain                 | true
            hello                                        | text/html                  | true
            hello                                        | image/png                  | false
            hello                                        | application/pdf            | false
            # what has no marks
            {9c1f77e02b8d4455aa10}...                    | application/x-of-our-own   | true
            {9c1f77e02b8d4455aa10}...                    | application/x-protobuf     | true
            {9c1f77e02b8d4455aa10}...                    | image/png                  | false
            {9c1f77e02b8d4455aa10}...                    | image/*                    | false
            {0a03}abc                                    | application/x-protobuf     | true
            """)
    void bytesMayBeWhatTheyLookLike(String form, String declared, boolean isGood) {
        assertThat(DETECTOR.detect(bytes(form)).mayBe(declared)).isEqualTo(isGood);
    }

    @Test
    void aNameThatCannotBeOneIsNoReasonToFail() {
        assertThat(DETECTOR.detect(bytes("hello")).mayBe("!#$&/^.+-")).isTrue();
    }

    @Test
    void theMostParticularTypeIsTold() {
        assertThat(DETECTOR.detect(bytes("{ffd8ffe00010}JFIF...")).type()).isEqualTo("image/jpeg");
        assertThat(DETECTOR.detect(new byte[100]).type()).isEqualTo("application/octet-stream");
    }
}
