"""The part of `results.json` that is about evidence."""

from typing import Literal

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both


class Repeated(TypedDict):
    """同一个文件（file）或同一张图片（picture）还在哪里出现：评估中的第几组、本支部的其他佐证、
    其他支部几个、以前的评估里几处。

    Where the same file, or the same picture, was handed in as well: the group in `evidence` of
    the evaluation (counted from 1), the other entries of the branch, how many other branches,
    and how often in earlier evaluations."""

    group: int
    way: Literal["file", "picture"]
    own: list[str]
    branches: int
    earlier: int


class Contents(TypedDict):
    """佐证文件的内容。没有读取的，`sha256` 为 null；`dated` 是文件自己写明的日期；`looks` 是图片的
    轮廓，供以后的评估比对。

    What an evidence file is. `sha256` is null where it was not read; `dated` is the day that it
    gives for itself; `looks` is an outline of a picture, for later evaluations to compare."""

    size: int
    sha256: str | None
    kind: str
    name: Both
    dated: str | None
    looks: str | None


class Proof(TypedDict):
    """佐证台账的一条；`contents` 只有文件才有，`used_in` 是引用它的各项填报内容及次数。

    An entry of the evidence ledger; only a file has `contents`; `used_in` tells which fields
    refer to the entry, and how often."""

    id: str
    title: str
    file: str | None
    place: str | None
    contents: Contents | None
    used_in: dict[str, int]
    repeats: list[Repeated]


class RepeatEntry(TypedDict):
    """重复的佐证中的一件；`run` 是以前的评估，本次的为 null · one of several that are the same;
    `run` is the earlier evaluation it was in, null for this one."""

    branch: str
    id: str
    file: str
    run: str | None


class Repeat(TypedDict):
    """内容完全相同的文件（file），或同一张图片另存、缩放的几个文件（picture） · files with the same
    content, or pictures of which one is the other saved again or resized."""

    way: Literal["file", "picture"]
    entries: list[RepeatEntry]
