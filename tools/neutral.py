"""Criteria in the neutral shape of the bad inputs → the same in the language of criteria files.

Every value keeps its place, so that a fault is told where the neutral file has it. What our
language cannot say, such as a formula, stays as it is and is refused as an unknown key.
"""

from typing import Any

from branchscore.text.scalars import CODE
from branchscore.text.source import Document, Map, Mark, Seq

KEYS = ("title", "rounding", "decimals", "items", "bands", "veto")


def translated(document: Document) -> Document:
    """A criteria file of ours that says the same."""
    return Document(document.path, document.raw, _table(document.root))


def _table(root: Map) -> Map:
    start = root.places(next(iter(root)))[0]
    made = _map(
        start,
        format="branchscore/1",
        id="neutral",
        year="2026",
        batch="2026",
        period=_map(start, first="2026-01-01", last="2026-12-31"),
        issuers=_seq(start, "Office"),
        documents=_map(start, notice=_map(start, title="Notice")),
        legal_basis=_seq(start, _map(start, document="notice")),
    )
    _take(made, "title", root, "title")
    rounding = _map(start, at="total")
    _take(rounding, "rule", root, "rounding")
    _take(rounding, "decimals", root, "decimals")
    _put(made, "rounding", rounding, start)
    items = [(m, mark) for m, mark in _each(root.get("items")) if _is(m, "id")]
    fields, indicators = Map(), Seq()
    for item, mark in items:
        _put(fields, item["id"], _field(item, mark), mark)
        indicators.append(_indicator(item, mark))
        indicators.marks.append(mark)
    _put(made, "fields", fields, start)
    at = root.places("items")[1] if "items" in root else start
    section = _map(at, id="all", title="All", points="1", indicators=indicators)
    _put(made, "dimensions", _seq(at, section), at)
    if "bands" in root:
        _put(made, "grades", _grades(root["bands"], root.places("bands")[1]), start)
    if "veto" in root and items:
        vetoes = _vetoes(root["veto"], items[0][0]["id"])
        _put(made, "vetoes", vetoes, root.places("veto")[1])
    for key in root:
        if key not in KEYS:
            made[key] = root[key]
            made.marks += root.places(key)
    return made


def _field(item: Map, mark: Mark) -> Map:
    made = _map(mark, type="decimal")
    _take(made, "title", item, "id")
    _take(made, "max", item, "max")
    return made


def _indicator(item: Map, mark: Mark) -> Map:
    made = Map()
    _take(made, "id", item, "id")
    _take(made, "title", item, "id")
    _take(made, "points", item, "weight")
    _put(made, "measure", _map(mark, kind="value", field=item["id"]), mark)
    rule = _map(mark, kind="linear", zero_at="0")
    _take(rule, "full_at", item, "max")
    _put(made, "rule", rule, mark)
    return made


def _grades(bands: Any, start: Mark) -> Map:
    """The band from 0 is what is left `otherwise`; without it there is no such key."""
    made, named = Map(), Seq()
    for i, (band, mark) in enumerate(_each(bands)):
        if not isinstance(band, Map):
            continue
        if i == len(bands) - 1 and band.get("from") == "0":
            _take(made, "otherwise", band, "name")
            continue
        grade = _map(mark, id=f"b{i}")
        _take(grade, "title", band, "name")
        _take(grade, "at_least", band, "from")
        named.append(grade)
        named.marks.append(mark)
    _put(made, "bands", named, start)
    return made


def _vetoes(names: Any, field: str) -> Seq:
    made = Seq()
    for i, (name, mark) in enumerate(_each(names)):
        measure = _map(mark, kind="value", field=field)
        veto = _map(mark, id=f"V{i}", title="Veto", effect="zero", measure=measure, at_most="0")
        _put(veto, "items", _seq(mark, _code(name)), mark)
        made.append(veto)
        made.marks.append(mark)
    return made


def _each(node: Any) -> list[tuple[Any, Mark]]:
    """The entries of a list, each with its place; none of what is no list."""
    return list(zip(node, node.marks, strict=True)) if isinstance(node, Seq) else []


def _is(node: Any, key: str) -> bool:
    return isinstance(node, Map) and isinstance(node.get(key), str)


def _code(name: Any) -> Any:
    """The name of an item as our language writes it."""
    if not isinstance(name, str):
        return name
    return name if CODE.fullmatch(name) else f"u{name.encode().hex()[:60]}"


def _map(mark: Mark, **values: Any) -> Map:
    made = Map()
    for key, value in values.items():
        _put(made, key, value, mark)
    return made


def _seq(mark: Mark, *values: Any) -> Seq:
    made = Seq()
    made += values
    made.marks = [mark] * len(values)
    return made


def _put(into: Map, key: str, value: Any, mark: Mark) -> None:
    into[key] = value
    into.marks += (mark, mark)


def _take(into: Map, key: str, source: Map, name: str) -> None:
    """What stands under a name, with its places; nothing where that is missing."""
    if name in source:
        into[key] = source[name]
        into.marks += source.places(name)
