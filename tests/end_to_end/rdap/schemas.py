"""The JSON Schemas of tests/schemas/rdap, as one document, so that every version of python3-jsonschema resolves them."""

import functools
import glob
import json
import os

import jsonschema

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "schemas", "rdap")


def _moved(value, own):
    """With references that hold in the one document."""
    if isinstance(value, list):
        return [_moved(each, own) for each in value]
    if not isinstance(value, dict):
        return value
    moved = {key: _moved(inner, own) for key, inner in value.items() if key != "$schema"}
    if isinstance(moved.get("$ref"), str):
        file, _, pointer = moved["$ref"].partition("#")
        moved["$ref"] = f"#/$defs/{file.removesuffix('.json') or own}{pointer}"
    return moved


@functools.lru_cache
def _all():
    found = {}
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.json"))):
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        name = os.path.basename(path).removesuffix(".json")
        found[name] = _moved(schema, name)
    return found


@functools.lru_cache
def _validator(kind):
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": _all()})


def kinds():
    return [name for name in _all() if name != "common"]


def errors(kind, body):
    """What the schema of this kind of answer says of the body."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:600]
            for error in _validator(kind).iter_errors(body)]


def kind_of(body):
    """By what stands in it."""
    for member, kind in (("errorCode", "error"), ("domainSearchResults", "domains"),
                         ("nameserverSearchResults", "nameservers"), ("entitySearchResults", "entities")):
        if member in body:
            return kind
    return body.get("objectClassName", "help")
