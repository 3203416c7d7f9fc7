"""A fleet from a table: `fleet.py SERVICES.csv FOLDER` writes the manifests of all its services.

The columns are name, runtime (cpython or condon), port, calls (names, with spaces between), expose (a path, or nothing) and max_replicas.
"""
import csv
import sys

from hybriddeploy import App, HybridDeployError, Service, track_positions


def service(row: dict[str, str]) -> Service:
    return Service(
        name=row["name"],
        runtime=row["runtime"],
        port=int(row["port"]),
        calls=row["calls"].split(),
        expose=[row["expose"]] if row["expose"] else [],
        autoscaling={"max_replicas": int(row["max_replicas"])},
    )


def fleet(table: str) -> App:
    with open(table, newline="", encoding="utf-8") as file:
        return App(name="fleet", host="fleet.example.com", image_registry="registry.example.com/fleet", image_tag="2026.11",
                   services=[service(row) for row in csv.DictReader(file)])


def main() -> None:
    table, folder = sys.argv[1:]
    track_positions()
    try:
        app = fleet(table)
        app.write(folder)
    except HybridDeployError as error:
        sys.exit(str(error))
    print(f"{len(app.services)} services, {len(app.generate())} manifests in {folder}")


if __name__ == "__main__":
    main()
