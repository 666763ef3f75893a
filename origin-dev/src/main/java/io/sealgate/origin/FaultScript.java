package io.sealgate.origin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which requests meet which faults. May be changed at any time from any thread; a request asks once, when its head has
 * arrived. A rule counts down only for requests it matches.
 */
public final class FaultScript {
    private static final class Rule {
        private final RequestMatcher matcher;
        private final Fault fault;
        private long left;

        Rule(RequestMatcher matcher, Fault fault, long left) {
            this.matcher = matcher;
            this.fault = fault;
            this.left = left;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** The next request that matches meets the fault. */
    public FaultScript next(RequestMatcher matcher, Fault fault) {
        return times(1, matcher, fault);
    }

    /** The next {@code count} requests that match meet the fault. */
    public synchronized FaultScript times(long count, RequestMatcher matcher, Fault fault) {
        rules.add(new Rule(matcher, fault, count));
        return this;
    }

    /** Every request that matches meets the fault, until {@link #clear}. */
    public FaultScript always(RequestMatcher matcher, Fault fault) {
        return times(Long.MAX_VALUE, matcher, fault);
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** Faults that no request has met yet, those of {@link #always} not counted. */
    public synchronized long pending() {
        return rules.stream()
                .mapToLong(rule -> rule.left)
                .filter(left -> left < Long.MAX_VALUE / 2)
                .sum();
    }

    /** What {@code head} meets, in script order. */
    synchronized List<Fault> take(RequestHead head) {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Fault> taken = new ArrayList<>();
        for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
            Rule rule = each.next();
            if (rule.matcher.matches(head)) {
                taken.add(rule.fault);
                if (--rule.left == 0) {
                    each.remove();
                }
            }
        }
        return taken;
    }
}
