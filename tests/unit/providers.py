#!/usr/bin/env python3
"""Names Velero's providers as other tools call them: providers.py HYBRIDGEN

The name that the library proposes must be that of the plug-in; what it is for each name stands here once more.
"""
import json
import re
import subprocess
import sys

PLUG_INS = {"amazon": "aws", "s3": "aws", "minio": "aws", "google": "gcp", "gcs": "gcp", "gke": "gcp", "microsoft": "azure", "azureblob": "azure",
            "aws": None, "gcp": None, "azure": None, "openstack": None}


def proposed(hybridgen, provider):
    """What stands in place of the provider in the hint; None where the provider is taken."""
    model = {"name": "shop", "imageTag": "1.0", "imageRegistry": "registry.example.com/shop", "services": {"web": {"runtime": "cpython"}},
             "operations": {"backup": {"schedule": "0 2 * * *", "velero": {"provider": provider, "bucket": "shop-backups"}}}}
    done = subprocess.run([hybridgen, "validate", "-f", "-"], input=json.dumps(model), capture_output=True, text=True, env={"NO_COLOR": "1"}, check=False)
    found = re.search(r"Velero has no provider \"(.*)\" .*\n(?:.*\n)*?  hint: did you mean (\w+)\\?", done.stderr)
    return found and (found[1], found[2])


def main():
    wrong = [(provider, plug_in, found) for provider, plug_in in PLUG_INS.items()
             for found in [proposed(sys.argv[1], provider)] if found != (plug_in and (provider, plug_in))]
    for provider, plug_in, found in wrong:
        print(f"FAIL {provider} is {plug_in}, but told is {found}")
    print(f"{len(PLUG_INS)} providers, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
