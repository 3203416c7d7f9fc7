"""The exceptions, which carry diagnostics."""


class HybridDeployError(Exception):
    """A model, its input or its output has an error. `str()` is the text that hybridgen prints."""

    def __init__(self, diagnostics, omitted=0, strict=False):
        super().__init__()
        self.args = diagnostics, omitted, strict  # because OSError interprets the arguments of __init__
        self.diagnostics = list(diagnostics)
        self.omitted = omitted
        self.strict = strict

    def __str__(self):
        from ._diagnostic import report
        return report(self.diagnostics, self.omitted, self.strict)


class InvalidModelError(HybridDeployError, ValueError):
    """The model has errors."""


class UnreadableError(HybridDeployError, OSError):
    """An input cannot be read, or is not YAML."""


class UnwritableError(HybridDeployError, OSError):
    """The output cannot be written."""
