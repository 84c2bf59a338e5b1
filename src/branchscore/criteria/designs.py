"""A certificate's own design: a file beside the criteria file that names it."""

from pathlib import Path

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import BUILT_IN, OwnDesign
from branchscore.text.diagnostics import Faulty
from branchscore.text.files import read_bytes
from branchscore.text.phrase import Phrase, Value
from branchscore.text.source import Document

ENDING = ".html.j2"
AT = ("award", "design")
UNKNOWN = Phrase(
    f"没有这种样式（可用 {'、'.join(BUILT_IN)}），也不是以 {ENDING} 结尾的文件名",
    f"it is neither a design ({', '.join(BUILT_IN)}) nor the name of a file that ends in {ENDING}",
)
BESIDE = Phrase("只能用评分表旁边的文件", "it must lie beside the criteria file")
NOT_TEXT = Phrase("不是 UTF-8 文本", "it is not UTF-8 text")


def with_design(criteria: Criteria, document: Document) -> Criteria:
    """The table with the text of its own design, if it has one. Raises `Faulty` (C046)."""
    award = criteria.award
    if award is None or award.design in BUILT_IN:
        return criteria
    name, why = award.design, UNKNOWN
    if name.endswith(ENDING):
        if Path(name).name == name and "\\" not in name:
            path = Path(document.span(AT).path).parent / name
            try:
                raw = read_bytes(path)
                raw.decode("utf-8")
            except Faulty as error:
                refused: Value = error.diagnostics[0].values.get("why", "")
                raise Faulty([document.diagnose("C046", AT, got=name, why=refused)]) from None
            except UnicodeDecodeError:
                raise Faulty([document.diagnose("C046", AT, got=name, why=NOT_TEXT)]) from None
            own = award.with_own(OwnDesign(str(path), raw))
            return criteria.model_copy(update={"award": own})
        why = BESIDE
    raise Faulty([document.diagnose("C046", AT, got=name, why=why)])
