"""Gives a random model operations: what is promised, backups that keep it, and how images are built.

add(dice, model) changes a valid model into a valid one.
"""
# A schedule, and the hours that pass at most between two of its runs.
SCHEDULES = [("0 3 * * *", 24), ("0 */6 * * *", 6), ("30 1,13 * * *", 12), ("@daily", 24), ("@hourly", 1), ("@every 90m", 1.5), ("0 3 * * sun", 168),
             ("15 4 1 * *", 744), ("0 0 1,15 * *", 408), ("0 8 * * mon-fri", 72)]
DIGEST = "sha256:" + "0123456789abcdef" * 4


def backup(dice):
    schedule, hours = dice.pick(SCHEDULES)
    velero = {"enabled": True}
    if dice.chance(0.4):
        velero["namespace"] = dice.pick(["velero", "backups"])
    if dice.chance(0.4):
        velero.update(provider=dice.pick(["aws", "azure", "gcp", "velero.io/aws"]), bucket="backups")
        if dice.chance(0.5):
            velero["config"] = {"region": dice.pick(["eu-central-1", "no", "0755"])}
        if dice.chance(0.3):
            velero["credential"] = {"name": "cloud", "key": "credentials"}
    if dice.chance(0.3):
        velero["snapshotLocations"] = dice.some(["eu", "us", "default"], 1, 2)
    found = {"schedule": schedule, "velero": velero}
    if dice.chance(0.5):
        found["retention"] = f"{int(hours) * dice.number(1, 5) + 1}h"
    elif hours > 720:
        found["retention"] = "2160h"
    if dice.chance(0.5):
        found["volumes"] = dice.pick(["snapshot", "files"])
    if dice.chance(0.3):
        found["secrets"] = dice.chance(0.5)
    return found, hours


def operations(dice):
    if dice.chance(0.2):
        return True
    found = {}
    if dice.chance(0.7):
        found["backup"], hours = backup(dice)
        if dice.chance(0.6):
            found["recoveryPoint"] = f"{int(hours) + dice.number(1, 24)}h"
    if dice.chance(0.4):
        found["recoveryTime"] = dice.pick(["15m", "1h", "1h30m"])
    if dice.chance(0.3):
        found["source"] = dice.pick(["https://git.example.com/shop", "http://git.example.com/a?b=c&d=$e#f"])
    return found or True


def of_cpython(dice, has_command):
    found = {}
    if dice.chance(0.3):
        found.update(form="distroless", pythonVersion=dice.pick(["3.11", "3.13"]))
    elif dice.chance(0.4):
        found["pythonVersion"] = dice.pick(["3.9", "3.10", "3.12", "3.13.1"])
    if "form" not in found and dice.chance(0.3):
        found["packages"] = dice.some(["libpq5", "tzdata=2024a-0+deb12u1", "libstdc++6"], 1, 2)
    if dice.chance(0.3):
        found["requirements"] = dice.pick(["requirements.txt", "deps/prod.txt"])
    if dice.chance(0.2):
        found["requireHashes"] = dice.chance(0.5)
    if not has_command and dice.chance(0.4):
        found["module"] = dice.pick(["shop", "shop.web", "_a.b_1"])
    return found


def of_condon(dice):
    found = {"source": dice.pick(["main.py", "src/app.py"])} if dice.chance(0.4) else {}
    if dice.chance(0.3):
        found.update(builderImage="registry.example.com/codon:0.17.0", platforms=dice.some(["linux/amd64", "linux/arm64"], 1, 2))
    elif dice.chance(0.4):
        found["compilerVersion"] = dice.pick(["0.18.1", "0.19.4"])
        if dice.chance(0.5):
            found.update(compilerVersion="0.16.3", compilerDigest=DIGEST)
    if dice.chance(0.3):
        found["compilerFlags"] = dice.some(["-release", "-lm", "$(id)", "a b", "--", "'\""], 1, 3)
    if dice.chance(0.3):
        found["form"] = "distroless"
    return found


def build(dice, service):
    found = of_condon(dice) if service.get("runtime") in ("condon", "codon") else of_cpython(dice, service.get("command"))
    if dice.chance(0.3):
        found["context"] = dice.pick([".", "services/a", "a/b/c", "@scope/x+y"])
    if dice.chance(0.3):
        found["args"] = {"VERSION": dice.pick(["1", "a b", "$(id)", "${x} %{y}", "'\"\\", "two\nlines"])}
    if dice.chance(0.2):
        found["buildPackages"] = ["gcc", "libpq-dev"]
    if dice.chance(0.2):
        found["baseImage"] = dice.pick(["debian:12-slim", f"registry.example.com:5000/base@{DIGEST}"])
    return found


def add(dice, model):
    if "operations" not in model and dice.chance(0.8):
        model["operations"] = operations(dice)
    for service in model["services"].values() if isinstance(model["services"], dict) else model["services"]:
        if service.get("runtime") and dice.chance(0.4):
            service["build"] = False if dice.chance(0.1) else build(dice, service)
