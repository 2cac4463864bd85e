"""People from YAML: one a file, or a group file with `defaults` and `graduates`."""

from __future__ import annotations

from nmo_autofill.profile import keys
from nmo_autofill.profile.diagnostics import Diagnostic
from nmo_autofill.profile.document import Document, decode
from nmo_autofill.profile.group_file import is_memory
from nmo_autofill.profile.node import Broken, Mapping, Node, Scalar, Sequence
from nmo_autofill.profile.raw import MOST, RawFile, RawPerson
from nmo_autofill.profile.tree import FASTEST, parse
from nmo_autofill.source import Source

# Here a value that goes on in the next line is the next field whose colon is forgotten, not a long text.
ONE_LINE = frozenset({"surname", "name", "patronymic"})


def read(file: str, content: bytes, loader: type = FASTEST) -> RawFile:
    """Return the people that the bytes of a YAML file hold.

    Raises:
        Unreadable: the file holds no YAML that we read.
    """
    document = decode(file, content)
    tree = parse(document, loader)
    root = tree.root
    if root is None or (isinstance(root, Scalar) and _is_blank(root)):
        return _nobody(document, [Diagnostic("file.empty", document.position(0, 0))])
    if not isinstance(root, Mapping):
        return _nobody(document, [*tree.diagnostics, *_wrong_shape("shape.mapping", "", root)])
    names = [key.text for key, _ in root.pairs]
    if is_memory(dict.fromkeys(names)):
        return RawFile()
    if any(map(keys.group_table().find, names)):
        return _group(root, tree.diagnostics)
    return RawFile(people=[_person(root, tree.diagnostics)])


def _nobody(document: Document, diagnostics: list[Diagnostic]) -> RawFile:
    return RawFile(left_out=[(Source(document.file, 1), diagnostics[0].code)], diagnostics=diagnostics)


def _person(node: Mapping, diagnostics: list[Diagnostic]) -> RawPerson:
    person = RawPerson(Source(node.document.file, node.line), {"": node}, diagnostics=list(diagnostics))
    _read_part("", node, person)
    return person


def _read_part(part: str, node: Mapping, person: RawPerson) -> None:
    find = keys.tables()[part].find
    named: dict[str, Scalar] = {}
    for key, value in node.pairs:
        name = find(key.text)
        if name is None:
            person.diagnostics.append(_unknown(key, part))
            continue
        dotted = f"{part}.{name}" if part else name
        if name in named:
            facts = (("line", str(named[name].line)),)
            person.diagnostics.append(Diagnostic("key.duplicate", key.at(), dotted, facts))
            continue
        named[name] = key
        _read_value(dotted, key, value, person)


def _read_value(dotted: str, key: Scalar, value: Node, person: RawPerson) -> None:
    if code := _misshapen(dotted, value):
        person.wrong.add(dotted)
        person.diagnostics += _wrong_shape(code, dotted, value)
    elif type(value) is Scalar:
        person.fields[dotted] = value
    elif isinstance(value, Mapping):
        person.places[dotted] = key
        _read_part(dotted, value, person)


def _misshapen(dotted: str, value: Node) -> str:
    """Return the code that says why the value is none for this key, empty if it is one."""
    if dotted in keys.PARTS:
        return "" if isinstance(value, Mapping) else "shape.mapping"
    if type(value) is not Scalar:
        return "shape.text"
    return "text.line_break" if dotted in ONE_LINE and value.is_folded else ""


def _group(root: Mapping, refused: list[Diagnostic]) -> RawFile:
    file = RawFile(diagnostics=refused)
    parts = _group_parts(root, file.diagnostics)
    defaults = _defaults(parts.get("defaults"), file.diagnostics)
    # What is wrong with the file or its defaults is wrong with everybody in it; a wrong item is nobody's else.
    shared = list(file.diagnostics)
    found = 0
    for item in _graduates(root, parts.get("graduates"), file.diagnostics):
        if found > MOST:
            file.add_rest(Source(root.document.file, item.line), item)
            break
        found += _add_graduate(item, defaults, file)
    for person in file.people:
        person.diagnostics[:0] = shared
    if not file.people and not file.left_out:
        why = next((diagnostic.code for diagnostic in file.diagnostics), "group.empty")
        file.left_out.append((Source(root.document.file, root.line), why))
    return file


def _graduates(root: Mapping, node: Node | None, diagnostics: list[Diagnostic]) -> list[Node]:
    if node is None or _is_blank(node):
        diagnostics.append(Diagnostic("group.empty", (node or root).at()))
    elif isinstance(node, Sequence):
        return node.items
    else:
        diagnostics += _wrong_shape("shape.list", "graduates", node)
    return []


def _group_parts(root: Mapping, diagnostics: list[Diagnostic]) -> dict[str, Node]:
    table = keys.group_table()
    found: dict[str, Node] = {}
    named: dict[str, Scalar] = {}
    for key, value in root.pairs:
        name = table.find(key.text)
        if name is None:
            diagnostics.append(_unknown(key, "group"))
        elif name in found:
            diagnostics.append(Diagnostic("key.duplicate", key.at(), name, (("line", str(named[name].line)),)))
        else:
            found[name] = value
            named[name] = key
    return found


def _defaults(node: Node | None, diagnostics: list[Diagnostic]) -> RawPerson | None:
    if isinstance(node, Mapping):
        defaults = _person(node, [])
        del defaults.places[""]
        personal = sorted(keys.PERSONAL & defaults.fields.keys())
        defaults.wrong.update(personal)
        diagnostics += [Diagnostic("group.personal", defaults.fields.pop(key).at(), key) for key in personal]
        diagnostics += defaults.diagnostics
        defaults.diagnostics = []
        return defaults
    if node is not None and not _is_blank(node):
        diagnostics += _wrong_shape("shape.mapping", "defaults", node)
    return None


def _add_graduate(item: Node, defaults: RawPerson | None, file: RawFile) -> int:
    """Take the person of this item, if it is one, and return how much is wrong with it."""
    if isinstance(item, Mapping):
        person = _person(item, [])
        file.people.append(person.over(defaults) if defaults else person)
        return len(person.diagnostics)
    diagnostics = _wrong_shape("shape.mapping", "", item)
    file.diagnostics += diagnostics
    code = diagnostics[0].code if diagnostics else "yaml.alias"
    file.left_out.append((Source(item.document.file, item.line), code))
    return 1


def _is_blank(node: Node) -> bool:
    return (isinstance(node, Scalar) and not node.text) or (isinstance(node, Sequence) and not node.items)


def _wrong_shape(code: str, field: str, node: Node) -> list[Diagnostic]:
    return [] if isinstance(node, Broken) else [Diagnostic(code, node.at(), field)]


def _unknown(key: Scalar, part: str) -> Diagnostic:
    # The key is not told: a forgotten colon makes a key of the value.
    field = part if part in keys.PARTS else ""
    if near := keys.near(key.text, part):
        return Diagnostic("key.unknown", key.at(), field, (("near", near),))
    return Diagnostic("key.stranger", key.at(), field, (("known", ", ".join(keys.table_of(part).labels)),))
