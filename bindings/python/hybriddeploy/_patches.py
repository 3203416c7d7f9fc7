"""Takes manifests back into a model: finds the patches that change what it generates into them."""
from collections.abc import Mapping

from . import _fields, _raw
from ._changes import merge, operations, same
from ._errors import InvalidModelError
from ._model import steps


def by_target(manifests):
    """The manifests by the targets of patches that mean them: Kind/name; Kind.group/name where two API groups have the kind, and with the
    namespace before the name where two namespaces have such an object, which patches cannot tell apart."""
    groups, names, found = {}, {}, {}
    for one in manifests:
        groups.setdefault(one.kind, set()).add(_group(one))
    for one in manifests:
        target = _target(one, groups)
        names[target] = names.get(target, 0) + 1
    for one in manifests:
        target = _target(one, groups)
        found[target if names[target] == 1 else target.replace("/", f"/{one.namespace}/", 1)] = one
    return found


def _group(manifest):
    return manifest.api_version.rpartition("/")[0]


def _target(manifest, groups):
    return f"{manifest.kind}.{_group(manifest)}/{manifest.name}" if len(groups[manifest.kind]) > 1 else f"{manifest.kind}/{manifest.name}"


class _Change:
    """A manifest that shall become another one."""

    def __init__(self, app, key, manifest, wanted):
        self.key, self.wanted = key, wanted
        name = f"{manifest.kind}/{manifest.name}"
        self.target = name if key.count("/") > 1 else key
        self.own_targets = {name, f"{manifest.kind}.{_group(manifest)}/{manifest.name}"}
        # The patches of a service are applied behind those of the application, so nothing changes afterwards what they did. Its own patches
        # replace those of its runtime, so that the application is the second choice.
        service = app.services.get(manifest.service) if manifest.service else None
        self.owners = [app] if service is None else [service, app]
        self.attempts, self.error = [], None

    def propose(self, before, replaces):
        """Adds the ways from `before`, the best one first. `replaces`: the patches that are for this manifest alone are not in `before`."""
        forms = [("merge", merge(before, self.wanted)), ("json", operations(before, self.wanted))]
        if not forms[1][1]:
            self.attempts.append((replaces, None, {}))  # without them it is what is wanted
            return
        self.attempts += [(replaces, owner, {form: value}) for owner in self.owners for form, value in forms if value]

    def fails(self, error):
        """The next attempt is the turn; False when there is none."""
        self.error = self.error or error
        del self.attempts[0]
        return bool(self.attempts)


class _Patches:
    """The lists of patches of a model, which can be set back."""

    def __init__(self, app):
        self.owners = [app, *app.services]
        self.saved = [owner.__dict__.get("patches") for owner in self.owners]
        self.saved = [None if patches is None else list(patches) for patches in self.saved]

    @staticmethod
    def _set(owner, patches):
        if patches is None:
            owner.__dict__.pop("patches", None)
        else:
            owner.patches[:] = patches

    def restore(self):
        for owner, patches in zip(self.owners, self.saved):
            self._set(owner, patches)

    def without(self, changes):
        """Removes the patches that are for one of these manifests alone. Returns how many there were."""
        targets, n_removed = {target for change in changes for target in change.own_targets}, 0
        for owner in self.owners:
            there = owner.__dict__.get("patches") or ()
            left = [one for one in there if one.target not in targets]
            if len(left) < len(there):
                self._set(owner, left or None)
            n_removed += len(there) - len(left)
        return n_removed

    def put(self, changes):
        """Makes the present attempt of each change. Returns its patch and the change, for all that have a patch."""
        self.restore()
        self.without([change for change in changes if change.attempts[0][0]])
        made, by_target = [], {}
        for change in changes:
            _, owner, members = change.attempts[0]
            if owner is None:
                continue
            # One patch is enough for objects of two namespaces that change alike.
            twin, patch = by_target.get(change.target, (None, None))
            if twin != (owner, members):
                owner.patches.append({"target": change.target, **members})
                patch = owner.patches[-1]
                by_target[change.target] = (owner, members), patch
            made.append((patch, change))
        return made


def _blamed(app, error, made):
    """The changes whose patches have an error, each with the error without the findings of others, which may have another attempt."""
    whose = []
    for one in error.diagnostics:
        there = [holder for holder, _ in app._walk(steps(one.path))[0]]
        whose.append([change for patch, change in made if any(holder is patch for holder in there)])
    found = [change for _, change in made if any(change in those for those in whose)]
    return [(change, InvalidModelError([one for one, those in zip(error.diagnostics, whose) if not those or change in those], error.omitted, error.strict))
            for change in found]


def _difference(wanted, is_now, path=""):
    """Where two manifests differ, in words."""
    if isinstance(wanted, dict) and isinstance(is_now, dict):
        key = next(key for key in [*wanted, *is_now] if key not in wanted or key not in is_now or not same(wanted[key], is_now[key]))
        if key in wanted and key in is_now:
            return _difference(wanted[key], is_now[key], f"{path}.{key}" if path else key)
        return f"{path or 'it'} has {'no ' if key in wanted else ''}{key}"
    return f"{path} is {is_now!r:.200}"


def _attempt(app, patches, changes, wanted, generate):
    """Puts the patches into the model. Returns them, and each change that failed with the reason."""
    made = patches.put(changes)
    try:
        now, _ = generate()
    except InvalidModelError as error:
        return made, _blamed(app, error, made) or [(change, error) for change in changes]
    is_now = {key: now[key].data for key in wanted}
    wrong = {key: _difference(one, is_now[key]) for key, one in wanted.items() if not same(one, is_now[key])}
    failed = [(change, ValueError(f"patches cannot change {change.key} like this: with them, {wrong[change.key]}"))
              for change in changes if change.key in wrong]
    if wrong and not failed:
        key, words = next(iter(wrong.items()))
        failed = [(change, ValueError(f"patches of {change.target} change {key} too: {words}")) for change in changes]
    return made, failed


def _check_names(objects, selected, every):
    for key in objects:
        if key not in selected:
            near = _raw.did_you_mean(key, list(selected))
            raise ValueError(f"only does not select {key}" if key in every else f"there is no manifest {key!r}; " + (
                f"did you mean {near!r}?" if near else "patches add none, but the model's member manifests may hold objects of your own"))
    for key in selected:
        if key not in objects:
            raise ValueError(f"{key} is missing, and patches cannot remove it; to change some of the manifests, name them by only")


class _Given:
    """A manifest that was given, as the owner of its values."""

    def __init__(self, key):
        self.key = key

    def wrong(self, meant, value):
        return TypeError(f"{self.key} must be {meant}, not {value!r:.200}")

    def plain(self, data):
        if not isinstance(data, Mapping):
            raise self.wrong("a dict", data)
        return _fields.Value.coerce(self, data)


def _without_their_own(patches, changes, generate):
    """The manifests without the patches that are for one of the changed ones alone; None when there are none, or others build on them."""
    try:
        return generate()[0] if patches.without(changes) else None
    except InvalidModelError:
        return None
    finally:
        patches.restore()


def take(app, objects, generate):
    """Gives the model the patches with which `generate()` returns these manifests, and returns those that are new. When that is impossible,
    the model stays as it was. `generate()` returns all manifests by their targets, and those that are meant."""
    every, selected = generate()
    _check_names(objects, selected, every)
    wanted = {key: _Given(key).plain(objects[key]) if key in objects else one.data for key, one in every.items()}
    now = {key: one.data for key, one in every.items()}
    changes = [_Change(app, key, every[key], one) for key, one in wanted.items() if not same(now[key], one)]
    patches, made, failed = _Patches(app), [], bool(changes)
    bare = _without_their_own(patches, changes, generate)
    for change in changes:
        if bare:
            change.propose(bare[change.key].data, True)
        change.propose(now[change.key], False)
    try:
        while failed:
            made, failed = _attempt(app, patches, changes, wanted, generate)
            for change, error in failed:
                if not change.fails(error):
                    raise change.error
    except BaseException:
        patches.restore()
        raise
    return list({id(patch): patch for patch, _ in made}.values())
