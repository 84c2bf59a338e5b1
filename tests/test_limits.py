"""How large an input may be, and how these limits are raised."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from branchscore.cli.main import cli
from branchscore.evaluation import check
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.limits import Limits, limited, limits, limits_of
from branchscore.text.source import parse
from conftest import ROOT

CRITERIA = ROOT / "tests" / "bad" / "criteria.yaml"


def refused(text: str, to: Limits | None = None) -> list[Diagnostic]:
    with limited(to or Limits()), pytest.raises(Faulty) as faulty:
        parse(text.encode(), "x")
    return faulty.value.diagnostics


def test_settings_are_read_with_their_units() -> None:
    assert limits_of(()) == Limits()
    assert limits_of(("size=4MiB", "values=200k", "faults=7")) == Limits(
        size=4 << 20, values=200_000, faults=7
    )
    assert limits_of(("size=2000000",)).size == 2_000_000


@pytest.mark.parametrize(
    "setting", ["size", "size=", "size=0", "size=-1", "size=4x", "speed=3", "depth=500", "key=10"]
)
def test_what_is_no_setting_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match=setting.partition("=")[0]):
        limits_of((setting,))


def test_other_limits_hold_only_while_they_are_asked_for() -> None:
    deep = "a: " + "[" * 40 + "]" * 40
    assert [d.code for d in refused(deep)] == ["Y009"]
    with limited(Limits(depth=50)):
        assert parse(deep.encode(), "x").root["a"]
        assert limits().depth == 50
    assert limits() == Limits()


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: " + "[" * 40 + "]" * 40, "Y009", (1, 4)),
        ("- " * 40 + "x", "Y009", (1, 1)),
        ("a: 1\nb: {c: [" + "x, " * 30_000 + "]}", "Y009", (2, 59997)),
        ("a: " + "x" * 200_000, "Y009", (1, 4)),
        ("a:\n  " + "k" * 300 + ": 1", "Y025", (2, 3)),
    ],
    ids=["depth in brackets", "depth of dashes", "values", "scalar", "key"],
)
def test_each_limit_is_told_at_its_place(text: str, code: str, place: tuple[int, int]) -> None:
    (fault,) = refused(text)
    assert (fault.code, fault.span.line, fault.span.column) == (code, *place)


def test_after_a_hundred_faults_the_rest_is_counted() -> None:
    faults = refused("a: [" + "!x 1, " * 250 + "]")
    assert len(faults) == 101
    assert faults[-1].code == "Y034"
    assert faults[-1].values["number"] == 150
    assert len(refused("a: [" + "!x 1, " * 250 + "]", Limits(faults=3))) == 4


def test_faults_of_types_and_warnings_are_counted_too(tmp_path: Path) -> None:
    head = "criteria: neutral\ncode: A1\nbranch: 虚构支部\n"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(head + "".join(f"membres{i}: 1\n" for i in range(130)), encoding="utf-8")
    faults = check([wrong], [CRITERIA])
    assert [f.values["number"] for f in faults if f.code == "Y034"] == [30]
    odd = tmp_path / "odd.yaml"
    odd.write_text(head + "honours:\n" + "  - 先进\n" * 131, encoding="utf-8")
    warnings = check([odd], [CRITERIA])
    assert [f.values["number"] for f in warnings if f.code == "Y034"] == [30]
    assert {f.code for f in warnings} == {"Y034", "Y043"}


def test_the_command_takes_larger_files_when_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "criteria: neutral\ncode: A1\nbranch: 虚构支部\n" + "# 注释\n" * 150_000, encoding="utf-8"
    )
    call = ["check", "-c", str(CRITERIA), str(path), "--lang", "en"]
    small = CliRunner().invoke(cli, call)
    assert small.exit_code == 1
    assert "beyond the limit of 1048576 bytes" in small.output
    assert CliRunner().invoke(cli, ["--limit", "size=2MiB", *call]).exit_code == 0
    wrong = CliRunner().invoke(cli, ["--limit", "size=many", *call])
    assert wrong.exit_code == 2
    assert "size=many" in wrong.output
