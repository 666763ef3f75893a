package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever keeps things for a while says in decision 0030 what one client may have of it. */
class BoundedStructuresTest {

    private static final Path DECISION = Path.of("..", "docs", "decisions", "0030-shares-for-each-client.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|");

    /** What state that outlives a call is kept in. */
    private static final Set<String> KEEPERS = Set.of(
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.PriorityQueue",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.concurrent.ArrayBlockingQueue",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.ConcurrentLinkedQueue",
            "java.util.concurrent.ConcurrentSkipListMap",
            "java.util.concurrent.LinkedBlockingDeque",
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.ThreadPoolExecutor",
            "io.sealgate.core.load.Quota",
            "io.sealgate.core.share.FairCache",
            "io.sealgate.core.share.FairPlaces");

    @Test
    void everyClassThatKeepsThingsIsInTheTableOfShares() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ArchitectureTest.WithoutTests())
                .importPackages("io.sealgate.core", "io.sealgate.tls", "io.sealgate.integrity", "io.sealgate.app");

        Set<String> keeping = classes.stream()
                .filter(BoundedStructuresTest::keeps)
                .map(BoundedStructuresTest::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(keeping).as("classes in the table of decision 0030").isEqualTo(listed());
    }

    private static Set<String> listed() throws IOException {
        return ROW.matcher(Files.readString(DECISION))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Made with the instance, or of a kind that only makes sense if several share it. */
    private static boolean keeps(JavaClass type) {
        return type.getConstructorCallsFromSelf().stream().anyMatch(BoundedStructuresTest::isKept)
                || type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTarget().getName().equals("newKeySet"))
                || type.getAllRawSuperclasses().stream().anyMatch(above -> KEEPERS.contains(above.getName()));
    }

    private static boolean isKept(JavaConstructorCall call) {
        String made = call.getTargetOwner().getName();
        return KEEPERS.contains(made)
                && (call.getOrigin().isConstructor()
                        || made.contains(".concurrent.")
                        || made.startsWith("io.sealgate."));
    }

    private static String name(JavaClass type) {
        String name = type.getName().replaceFirst("\\$.*", "");
        Matcher module = Pattern.compile("io\\.sealgate\\.(.*)").matcher(name);
        return module.matches() ? module.group(1) : name;
    }
}
