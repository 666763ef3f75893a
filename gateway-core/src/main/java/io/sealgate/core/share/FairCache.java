package io.sealgate.core.share;

import io.sealgate.core.model.ClientKey;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map in which no client can evict what others have, as long as they stay within their shares. Free space
 * is used by anyone. When it is full, the client that has most gives up its own entries, the least recently used
 * first: somebody who has more than an equal share always has most, so whoever has less loses nothing. Clients
 * behind shared addresses ({@link ClientKey#isShared()}) are one account, whose share is half of the capacity.
 *
 * <p>An entry belongs to the client that made it, whoever changes it. Look-ups cost O(1), changes O(log clients).
 * Thread-safe.
 *
 * @param <K> immutable
 * @param <V> immutable, or changed only within {@link #update}, so that its weight is known
 */
public final class FairCache<K, V> {

    private static final ClientKey SHARED = ClientKey.of(UnixDomainSocketAddress.of(""));

    private final long capacity;
    private final ToLongFunction<? super V> weigher;
    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final Map<ClientKey, Account<K, V>> accounts = new HashMap<>();
    /** The one that has most is last; of equal ones, the one that has not changed for the longest time. */
    private final TreeSet<Account<K, V>> ranking = new TreeSet<>(FairCache::compare);

    private long total;
    private long changes;

    private static final class Account<K, V> {
        /** Least recently used first. */
        private final LinkedHashMap<K, Entry<K, V>> entries = new LinkedHashMap<>(4, 0.75f, true);

        private final ClientKey client;
        private long weight;
        private long lastChange;

        Account(ClientKey client) {
            this.client = client;
        }
    }

    private record Entry<K, V>(Account<K, V> owner, V value, long weight) {}

    /**
     * @param capacity sum of the weights of all entries
     * @param weigher  weight of a value in the unit of the capacity; less than 1 counts as 1
     */
    public FairCache(long capacity, ToLongFunction<? super V> weigher) {
        this.capacity = capacity;
        this.weigher = weigher;
    }

    /** Every entry weighs the same. */
    public FairCache(long capacity) {
        this(capacity, value -> 1);
    }

    /** The value of {@code key}, which counts as used by this. */
    public synchronized @Nullable V get(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        entry.owner().entries.get(key);
        return entry.value();
    }

    /** Sets the value of {@code key} on account of {@code client}; returns the values that had to give way. */
    public synchronized List<V> put(ClientKey client, K key, V value) {
        Entry<K, V> known = entries.get(key);
        set(known == null ? account(client) : known.owner(), key, value, known);
        return evict();
    }

    /**
     * Replaces the value of {@code key}, null if there is none, by what {@code change} makes of it, null for none,
     * as one step. A new entry is on account of {@code client}. Returns the values that had to give way.
     */
    public synchronized List<V> update(ClientKey client, K key, UnaryOperator<@Nullable V> change) {
        Entry<K, V> known = entries.get(key);
        V value = change.apply(known == null ? null : known.value());
        if (value == null) {
            remove(key);
            return List.of();
        }
        set(known == null ? account(client) : known.owner(), key, value, known);
        return evict();
    }

    /** Forgets {@code key}; returns its value if there was one. */
    public synchronized @Nullable V remove(K key) {
        Entry<K, V> entry = entries.remove(key);
        if (entry == null) {
            return null;
        }
        Account<K, V> owner = entry.owner();
        owner.entries.remove(key);
        reweigh(owner, -entry.weight());
        if (owner.entries.isEmpty()) {
            accounts.remove(owner.client);
            ranking.remove(owner);
        }
        return entry.value();
    }

    /** Forgets all values of which {@code condition} holds. Looks at each. */
    public synchronized void removeIf(Predicate<? super V> condition) {
        List<K> keys = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (condition.test(entry.value())) {
                keys.add(key);
            }
        });
        keys.forEach(this::remove);
    }

    /** All values, in no particular order. */
    public synchronized List<V> values() {
        List<V> values = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> values.add(entry.value()));
        return values;
    }

    /** How many entries there are. */
    public synchronized int size() {
        return entries.size();
    }

    /** The sum of their weights. */
    public synchronized long weight() {
        return total;
    }

    private Account<K, V> account(ClientKey client) {
        return accounts.computeIfAbsent(client.isShared() ? SHARED : client, Account::new);
    }

    private void set(Account<K, V> owner, K key, V value, @Nullable Entry<K, V> known) {
        Entry<K, V> entry = new Entry<>(owner, value, Math.max(1, weigher.applyAsLong(value)));
        entries.put(key, entry);
        owner.entries.put(key, entry);
        reweigh(owner, entry.weight() - (known == null ? 0 : known.weight()));
    }

    private void reweigh(Account<K, V> account, long difference) {
        ranking.remove(account);
        account.weight += difference;
        account.lastChange = ++changes;
        total += difference;
        ranking.add(account);
    }

    private List<V> evict() {
        if (total <= capacity) {
            return List.of();
        }
        List<V> evicted = new ArrayList<>();
        while (total > capacity) {
            Iterator<K> oldest = loser().entries.keySet().iterator();
            V value = remove(oldest.next());
            if (value != null) {
                evicted.add(value);
            }
        }
        return evicted;
    }

    private Account<K, V> loser() {
        Account<K, V> shared = accounts.get(SHARED);
        if (shared != null && (shared.weight > capacity / 2 || accounts.size() == 1)) {
            return shared;
        }
        Account<K, V> most = ranking.last();
        Account<K, V> second = most == shared ? ranking.lower(most) : null;
        return second == null ? most : second;
    }

    private static int compare(Account<?, ?> one, Account<?, ?> other) {
        int byWeight = Long.compare(one.weight, other.weight);
        return byWeight == 0 ? Long.compare(other.lastChange, one.lastChange) : byWeight;
    }
}
