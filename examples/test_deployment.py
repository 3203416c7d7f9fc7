"""Diagnostics as failures of pytest: copy it beside a model, or name one: MODEL=path pytest test_deployment.py"""
import os

import hybriddeploy


def test_model_has_no_mistakes() -> None:
    model = hybriddeploy.App.from_file(os.environ.get("MODEL", "hybriddeploy.yaml"))
    found = model.check()
    assert not found, "\n" + "\n".join(str(one) for one in found)
