package io.sealgate.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.channel.ChannelHandler;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;

/** The plan of the house, checked: who may know whom. */
@AnalyzeClasses(packages = "io.sealgate", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

    /** Wherever tests are compiled to: ArchUnit knows the directories of some build tools only. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("/test/");
        }
    }

    private static final String CORE = "io.sealgate.core.";

    @ArchTest
    static final ArchRule coreKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.sealgate.core..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..").and(not(resideInAPackage("io.sealgate.core.."))));

    @ArchTest
    static final ArchRule tlsKnowsOnlyThePortsOfCore = noClasses()
            .that()
            .resideInAPackage("io.sealgate.tls..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..")
                    .and(not(resideInAnyPackage(
                            "io.sealgate.tls..",
                            CORE + "model",
                            CORE + "share",
                            CORE + "spi",
                            CORE + "config",
                            CORE + "error"))));

    @ArchTest
    static final ArchRule integrityKnowsOnlyThePortsOfCore = noClasses()
            .that()
            .resideInAPackage("io.sealgate.integrity..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..")
                    .and(not(resideInAnyPackage(
                            "io.sealgate.integrity..",
                            CORE + "model",
                            CORE + "share",
                            CORE + "spi",
                            CORE + "config",
                            CORE + "error"))));

    @ArchTest
    static final ArchRule theOriginCanDisagreeWithTheGateway = noClasses()
            .that()
            .resideInAPackage("io.sealgate.origin..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..").and(not(resideInAPackage("io.sealgate.origin.."))));

    @ArchTest
    static final ArchRule certificatesStandAlone = noClasses()
            .that()
            .resideInAPackage("io.sealgate.certs..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..").and(not(resideInAPackage("io.sealgate.certs.."))));

    @ArchTest
    static final ArchRule corePackagesHaveNoCycles =
            slices().matching("io.sealgate.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule planningMakesNoConnections = noClasses()
            .that(resideInAnyPackage(
                    CORE + "planning",
                    CORE + "request",
                    CORE + "policy",
                    CORE + "cam",
                    CORE + "keys",
                    CORE + "rewrite",
                    CORE + "signing"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.netty.channel..",
                    "io.netty.bootstrap..",
                    "java.net.http..",
                    "java.nio.channels..",
                    CORE + "server",
                    CORE + "exchange"));

    @ArchTest
    static final ArchRule theModelKnowsNobody = noClasses()
            .that()
            .resideInAPackage(CORE + "model")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..").and(not(resideInAPackage(CORE + "model"))));

    @ArchTest
    static final ArchRule onlyTheServerKnowsTheServer = noClasses()
            .that(resideInAPackage("io.sealgate.core..").and(not(resideInAPackage(CORE + "server"))))
            .should()
            .dependOnClassesThat(resideInAPackage(CORE + "server"));

    @ArchTest
    static final ArchRule observersLearnThroughPorts = noClasses()
            .that()
            .resideInAPackage(CORE + "observe")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sealgate..")
                    .and(not(resideInAnyPackage(CORE + "observe", CORE + "spi", CORE + "error", CORE + "model"))));

    @ArchTest
    static final ArchRule eachThirdPartyHasItsModule = noClasses()
            .that(not(resideInAnyPackage("io.sealgate.app..", "io.sealgate.bench..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "picocli..",
                    "com.fasterxml.jackson.databind..",
                    "com.fasterxml.jackson.dataformat..",
                    "org.apache.logging.log4j.core..",
                    "io.micrometer.prometheusmetrics.."));

    @ArchTest
    static final ArchRule tikaIsAskedInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.sealgate.integrity.mediatype")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.tika.."));

    @ArchTest
    static final ArchRule bouncyCastleStaysOutOfTheEngine = noClasses()
            .that(resideInAnyPackage(
                    "io.sealgate.core..", "io.sealgate.integrity..", "io.sealgate.app..", "io.sealgate.origin.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.bouncycastle.."));

    /** The JDK has one text for several names. */
    @ArchTest
    static final ArchRule namesHaveOneText = noClasses()
            .that(resideInAnyPackage("io.sealgate.core..", "io.sealgate.tls..", "io.sealgate.app.."))
            .should()
            .callMethod(X500Principal.class, "getName")
            .orShould()
            .callMethod(X500Principal.class, "getName", String.class);

    @ArchTest
    static final ArchRule stateIsNeverStaticAndMutable = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(not(resideInAPackage("io.sealgate.bench..")))
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule namesSayWhatAClassIsFor = noClasses()
            .that()
            .areNotAssignableTo(TrustManager.class) // the JDK's word
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule handlersAreNettyHandlers = classes()
            .that()
            .haveSimpleNameEndingWith("Handler")
            .and()
            .resideInAPackage("io.sealgate..")
            .should()
            .beAssignableTo(ChannelHandler.class);
}
