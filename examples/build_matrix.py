"""One model, three environments and two clusters: `build_matrix.py MODEL FOLDER` writes each combination to a folder of its own.

Any error or warning fails the build, before anything is written.
"""
import itertools
import pathlib
import sys

from hybriddeploy import App, Diagnostic, HybridDeployError

# What differs: the tag, and the most pods of a service. Everything else is the model's.
ENVIRONMENTS = {"development": ("1.5.0-dev.7", 3), "staging": ("1.5.0-rc.1", 4), "production": ("1.4.2", 12)}
CLUSTERS = {"vienna": "1.31", "dublin": "1.33"}


def variant(base: App, environment: str, cluster: str) -> App:
    tag, most_pods = ENVIRONMENTS[environment]
    app = base.copy()
    app.environment = environment
    app.namespace = f"{base.name}-{environment}"
    app.host = f"{environment}.{cluster}.example.com"
    app.image_tag = tag
    app.kubernetes_version = CLUSTERS[cluster]
    for service in app.services:
        service.autoscaling.max_replicas = most_pods
    return app


def main() -> int:
    model, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    base = App.from_file(model)
    variants = {(environment, cluster): variant(base, environment, cluster)
                for environment, cluster in itertools.product(ENVIRONMENTS, CLUSTERS)}
    found: list[Diagnostic] = []
    for (environment, cluster), app in variants.items():
        for diagnostic in app.check():
            print(f"{environment} in {cluster}: {diagnostic}", file=sys.stderr)
            found.append(diagnostic)
    if found:
        return 1
    for (environment, cluster), app in variants.items():
        (folder / cluster).mkdir(parents=True, exist_ok=True)
        app.write(folder / cluster / environment)
    print(f"{len(variants)} variants in {folder}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HybridDeployError as error:
        sys.exit(str(error))
