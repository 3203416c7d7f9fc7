"""Exceptions, with the diagnostics that they carry."""


class HybridDeployError(Exception):
    """Something is wrong with a model, its input or its output. Prints as hybridgen does."""

    def __init__(self, diagnostics, omitted=0, strict=False):
        super().__init__()
        self.args = diagnostics, omitted, strict  # an OSError would take them for its own
        self.diagnostics = list(diagnostics)
        self.omitted = omitted
        self.strict = strict

    def __str__(self):
        from ._diagnostic import report
        return report(self.diagnostics, self.omitted, self.strict)


class InvalidModelError(HybridDeployError, ValueError):
    """The model has errors."""


class UnreadableError(HybridDeployError, OSError):
    """The input cannot be read, or is not YAML."""


class UnwritableError(HybridDeployError, OSError):
    """The output cannot be written."""
