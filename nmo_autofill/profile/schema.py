"""The JSON Schema of profiles, for editors."""

from __future__ import annotations

from typing import Any

from nmo_autofill.profile import keys, words
from nmo_autofill.profile.model import Profile
from nmo_autofill.profile.references import ReferenceList, References, references

Schema = dict[str, Any]

# Editors read unquoted digits as numbers, we read them as text.
_DIGITS: Schema = {"type": ["string", "integer"]}
_DATE: Schema = {
    "type": "string",
    "pattern": r"^([0-9]{2}\.[0-9]{2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    "examples": ["14.03.2004", "2004-03-14"],
}


def json_schema(lists: References | None = None) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a profile file: one person, or `defaults` and `graduates`.

    It has the keys of the model, the labels that may stand for them, and the names of the reference lists. What takes
    more than one field or a calendar to judge is left to `check`.
    """
    known = lists or references()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nmo-autofill: profile",
        "if": {"anyOf": [{"required": [name]} for name in keys.group_table().names]},
        "then": _group(),
        "else": {"$ref": "#/$defs/complete"},
        "$defs": {
            **{part or "person": _part(part, known) for part in keys.tables()},
            "complete": {"$ref": "#/$defs/person", "allOf": _required()},
        },
    }


def _group() -> Schema:
    person = {"$ref": "#/$defs/person"}
    kinds = {"defaults": person, "graduates": {"type": "array", "items": person, "minItems": 1}}
    labels = keys.group_table().labels
    properties = {name: kinds[key] for key, others in labels.items() for name in (key, *others)}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "anyOf": [{"required": [name]} for name in ("graduates", *labels["graduates"])],
    }


def _part(part: str, known: References) -> Schema:
    labels = keys.tables()[part].labels
    model = _model(part)["properties"]
    properties: Schema = {}
    for key, others in labels.items():
        value = _value(f"{part}.{key}" if part else key, model[key], known)
        properties |= {name: {"title": (*others, key)[0], **value} for name in (key, *others)}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _required() -> list[Schema]:
    """Return the demand for each required key of a person, which any of its labels meets."""
    labels = keys.tables()[""].labels
    return [{"anyOf": [{"required": [name]} for name in (key, *labels[key])]} for key in _model("")["required"]]


def _model(part: str) -> Schema:
    schema = Profile.model_json_schema()
    return next((found for name, found in schema["$defs"].items() if name.lower() == part), schema)


def _value(dotted: str, model: Schema, known: References) -> Schema:
    if dotted in keys.PARTS:
        return {"$ref": f"#/$defs/{dotted}"}
    if model.get("format") == "date":
        return _DATE
    if dotted in {"level", "sex", "admission.way"}:
        choices = words.allowed(dotted.rpartition(".")[2])
        return {"enum": [word for value, others in choices.items() for word in (value, *others)]}
    if dotted in {"snils", "phone", "admission.series", "admission.number"}:
        return _DIGITS
    listed = {
        "citizenship": [known.countries],
        "region": [known.regions],
        "admission.specialty": [*known.specialties.values()],
        "admission.document_type": [known.document_types],
        "admission.organisation": [known.organisations],
    }.get(dotted, [])
    if spellings := _spellings(listed):
        return {"enum": spellings}
    return {"type": ["string", "null"]} if dotted == "patronymic" else {"type": "string", "minLength": 1}


def _spellings(lists: list[ReferenceList]) -> list[str | int]:
    """Return all spellings, and as numbers those that editors read as numbers."""
    names = [name for reference in lists for main, others in reference.spellings for name in (main, *others)]
    return list(dict.fromkeys([*names, *(int(name) for name in names if name.isdecimal())]))
