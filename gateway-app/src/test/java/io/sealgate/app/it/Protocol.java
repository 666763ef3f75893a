package io.sealgate.app.it;

/** What clients speak. */
enum Protocol {
    HTTP_1,
    HTTP_2
}
