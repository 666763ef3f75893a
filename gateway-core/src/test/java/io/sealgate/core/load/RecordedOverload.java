package io.sealgate.core.load;

import io.sealgate.core.spi.OverloadListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
final class RecordedOverload implements OverloadListener {

    private final List<String> events = new ArrayList<>();

    List<String> events() {
        return events;
    }

    @Override
    public void began(Resource resource) {
        events.add("began " + resource.label());
    }

    @Override
    public void ended(Resource resource) {
        events.add("ended " + resource.label());
    }

    @Override
    public void refused(Resource resource, Scope scope) {
        events.add("refused " + resource.label() + " " + scope.label());
    }

    @Override
    public void unheld(String route, Room room) {
        events.add("unheld " + route + " " + room.label());
    }
}
