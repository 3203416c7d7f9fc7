#!/usr/bin/env python3
"""Asks for the keys of tokens in random routes: test_token_keys.py PRINT_FINDINGS

istiod fetches the keys by GET and without a token. Where the application serves them itself, the warning depends on which exposure takes that
request: the whole path before a prefix, the longer prefix, the one that names methods before the one for all. The order is written
here once more, and both must agree on each of many sets of exposures.
"""
import random
import sys

from test_tables import ask

GUARDED = "HD3647"
HOST = "shop.example.com"
PATHS = ["/", "/auth", "/auth/", "/auth/keys", "/auth/keys/", "/auth/key", "/auth/keys/set", "/other"]
ASKED = ["/auth/keys", "/auth/keys/set", "/auth", "/auth/keysets", "/"]
# The well-known document below an issuer, where no address of keys is named.
WELL_KNOWN = "/.well-known/openid-configuration"
MODELS = 1500


def exposure(dice):
    made = {"path": dice.choice(PATHS)}
    if dice.random() < 0.3:
        made["pathType"] = "Exact"
    if dice.random() < 0.4:
        made["methods"] = dice.choice([["GET"], ["POST"], ["HEAD", "GET"], ["GET", "POST"], ["PUT", "DELETE"]])
    if dice.random() < 0.15:
        made[dice.choice(["headers", "queryParams"])] = {"x-version": "2"}
    if dice.random() < 0.2:
        made["host"] = "other.example.com"
    if dice.random() < 0.6:
        made["jwt"] = {"issuer": "main"}
        if dice.random() < 0.4:
            made["jwt"]["publicPaths"] = dice.choice([["/auth/keys"], ["/other", "/auth/keys/set"], ["/auth"]])
    return made


def is_below(path, prefix):
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")


def takes(one, path):
    if "headers" in one or "queryParams" in one or "GET" not in one.get("methods", ["GET"]) or one.get("host", HOST) != HOST:
        return False
    return path == one["path"] if one.get("pathType") == "Exact" else is_below(path, one["path"].rstrip("/"))


def rank(one):
    is_exact = one.get("pathType") == "Exact"
    return not is_exact, -len(one["path"] if is_exact else one["path"].rstrip("/")), len(one.get("methods", range(99)))


def is_guarded(exposures, path):
    """Whether the exposure that answers wants a token."""
    first = min((one for one in exposures if takes(one, path)), key=rank, default={})
    return "jwt" in first and not any(is_below(path, public) for public in first["jwt"].get("publicPaths", []))


def questions():
    for seed in range(MODELS):
        dice = random.Random(seed)
        exposures = [exposure(dice) for _ in range(dice.randint(1, 5))]
        path, at = dice.choice(ASKED), dice.randint(0, len(exposures))
        keys = {"issuer": "https://id.example.com", "jwksUri": f"https://{HOST}{path}"}
        if dice.random() < 0.2:
            keys, path = {"issuer": f"https://{HOST}{path}"}, path.rstrip("/") + WELL_KNOWN
        services = {name: {"runtime": "cpython", "expose": those} for name, those in (("web", exposures[:at]), ("auth", exposures[at:])) if those}
        yield is_guarded(exposures, path), {
            "name": "shop", "imageRegistry": "registry.example.com/shop", "imageTag": "1.0", "host": HOST, "services": services,
            "mesh": {"mode": "sidecar", "gateways": {"public": {"tls": {"issuer": "letsencrypt"}}}, "jwtIssuers": {"main": keys}}}


def main():
    asked = list(questions())
    answers = ask([sys.argv[1], "--all"], [model for _, model in asked])
    wrong = [(expected, model) for (expected, model), found in zip(asked, answers)
             if expected != any(finding.startswith(GUARDED) for finding in found)]
    for expected, model in wrong[:10]:
        print(f"FAIL guarded: {expected}, {model['mesh']['jwtIssuers']} {[service['expose'] for service in model['services'].values()]}")
    print(f"{len(asked)} models, {sum(expected for expected, _ in asked)} guarded, {len(wrong)} wrong")
    return bool(wrong) or not all(any(expected is said for expected, _ in asked) for said in (True, False))


if __name__ == "__main__":
    sys.exit(main())
