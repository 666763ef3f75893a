"""What every manifest here must keep to. Prints what does not, as file: where: what (expected: …)."""

import sys

import yaml

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def pods(document):
    """The pod specification in a manifest, if there is one."""
    spec = document.get("spec", {})
    if document["kind"] == "Pod":
        yield spec
    elif document["kind"] in ("Deployment", "DaemonSet", "StatefulSet"):
        yield spec["template"]["spec"]


def pod_problems(pod):
    context = pod.get("securityContext", {})
    if context.get("runAsNonRoot") is not True:
        yield "pod", "may run as root (expected: runAsNonRoot: true)"
    if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "pod", "seccompProfile (expected: RuntimeDefault)"
    if pod.get("automountServiceAccountToken") is not False:
        yield "pod", "has a service account's token (expected: automountServiceAccountToken: false)"
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    for container in pod.get("initContainers", []) + pod["containers"]:
        for problem in container_problems(container, volumes):
            yield container["name"], problem


def container_problems(container, volumes):
    context = container.get("securityContext", {})
    if context.get("readOnlyRootFilesystem") is not True:
        yield "writable root (expected: readOnlyRootFilesystem: true)"
    if context.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges (expected: allowPrivilegeEscalation: false)"
    if context.get("capabilities") != {"drop": ["ALL"]}:
        yield "capabilities (expected: drop: [ALL] and none added)"
    if "memory" not in container.get("resources", {}).get("limits", {}):
        yield "memory: no limit (expected: one)"
    for mount in container.get("volumeMounts", []):
        if mount["name"] not in volumes:
            yield f"mount: {mount['name']} (expected: a volume of the pod)"
    ports = {port["name"] for port in container.get("ports", [])}
    for probe in PROBES:
        port = container.get(probe, {}).get("httpGet", {}).get("port")
        if port is not None and port not in ports:
            yield f"{probe}: port {port} (expected: one of the container's)"


def selector_problems(document, labels):
    """Services and the like must select a pod that is there."""
    spec = document.get("spec", {})
    selector = spec.get("selector") or spec.get("podSelector")
    if document["kind"] in ("Service", "PodDisruptionBudget", "NetworkPolicy", "Deployment"):
        wanted = selector.get("matchLabels", selector)
        if not any(wanted.items() <= found.items() for found in labels):
            yield document["kind"], f"selector: {wanted} (expected: the labels of a pod in the file)"


def main(files):
    problems = 0
    for file in files:
        with open(file, encoding="utf-8") as text:
            documents = [document for document in yaml.safe_load_all(text) if document]
        labels = [
            document["spec"].get("template", document)["metadata"].get("labels", {})
            for document in documents
            if any(True for _ in pods(document))
        ]
        for document in documents:
            found = [problem for pod in pods(document) for problem in pod_problems(pod)]
            found += selector_problems(document, labels)
            for where, what in found:
                print(f"{file}: {document['metadata']['name']}: {where}: {what}", file=sys.stderr)
            problems += len(found)
        print(f"{file}: {len(documents)} documents")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
