"""`branchscore certify` and `branchscore revoke`: certificates that prove themselves."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    LOCKED,
    UNWRITTEN,
    WRONG_CALL,
    language_option,
    say,
    tell_faults,
)
from branchscore.cli.passphrase import passphrase_option, passphrases
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.trust.certify import Done, Source
    from branchscore.trust.issuer import Issuer

T = TypeVar("T")
DAILY = ("日常钥匙的口令", "Passphrase of the keys of daily work")
keys_option = click.option(
    "--keys",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="keys",
    show_default=True,
    help="钥匙所在的文件夹 · where the keys are",
)


@click.command()
@click.argument("run", required=False, type=click.Path(path_type=Path))
@keys_option
@passphrase_option
@language_option
def certify(run: Path | None, folder: Path, descriptor: int | None, language: Language) -> None:
    """给已命名的支部出具签名的证书，先登记，后出证。

    Make signed certificates for the branches that were named, each recorded first.

    RUN is the run that they were named by (default: the latest in reports/). It is evaluated
    again and must come out the same. Certificates go to reports/…/certified/; what a branch has
    already is left as it is.

    \b
    退出码 · Exit codes
    0    完成 done
    1    不能出证，已写明原因 refused, with the reason
    2    调用有误 wrong call
    74   写不出来 could not be written
    75   另一次评估正在进行 another run is being written
    """
    from branchscore.trust import certify as trust  # noqa: PLC0415

    with _told(language):
        source, home = _source(run)
        issuer = _issuer(folder, descriptor, language)
        done = _locked(home, lambda: trust.certify(home, source, issuer, language))
    _tell(done, source, language)
    sys.exit(DONE if done.made or done.have else FAULTY)


@click.command()
@click.argument("certificate")
@click.option("--reason", required=True, help="为什么 · why")
@click.option(
    "--in",
    "home",
    type=click.Path(path_type=Path, file_okay=False),
    help="评分表的文件夹，如 reports/x · the folder of the campaign (default: the only one)",
)
@keys_option
@passphrase_option
@language_option
def revoke(
    certificate: str,
    reason: str,
    home: Path | None,
    folder: Path,
    descriptor: int | None,
    language: Language,
) -> None:
    """撤销一张证书：登记簿里加一行，公布新的撤销名单；从不改旧的。

    Revoke a certificate: a line in the register and a new list; nothing old is changed. A branch
    whose title still holds gets a new one by `branchscore certify`.

    \b
    退出码 · Exit codes
    0    完成 done
    1    不能撤销，已写明原因 refused, with the reason
    2    调用有误 wrong call
    74   写不出来 could not be written
    75   另一次评估正在进行 another run is being written
    """
    from branchscore.outputs.opened import latest  # noqa: PLC0415
    from branchscore.text.personal import masked  # noqa: PLC0415
    from branchscore.trust.certify import revoke as revoked  # noqa: PLC0415

    with _told(language):
        place = home or latest(Path("reports")).parent
        issuer = _issuer(folder, descriptor, language)
        made = _locked(place, lambda: revoked(place, certificate, masked(reason), issuer))
    click.echo(
        say(
            language,
            f"已撤销 {certificate}；请公布 {made} 里的 status.note 和 verify.html。",
            f"Revoked {certificate}; publish status.note and verify.html from {made}.",
        )
    )
    sys.exit(DONE)


@contextmanager
def _told(language: Language) -> Iterator[None]:
    """What stands in the way, in words."""
    from branchscore.outputs.opened import NoRun  # noqa: PLC0415
    from branchscore.outputs.press import PaperError  # noqa: PLC0415
    from branchscore.register.book import Damaged, Refused  # noqa: PLC0415
    from branchscore.run.lock import Busy  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.system import told  # noqa: PLC0415
    from branchscore.trust.refused import Untrusted  # noqa: PLC0415

    try:
        yield
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    except NoRun as none:
        _end(none.why.say(language), WRONG_CALL)
    except (Untrusted, Refused) as refused:
        _end(refused.why.say(language), FAULTY)
    except Damaged as damaged:
        why = damaged.damage.why.say(language)
        _end(f"{damaged.path}:{damaged.damage.line}: {why}", FAULTY)
    except PaperError as error:
        _end(error.why.say(language), UNWRITTEN)
    except Busy as busy:
        wait = say(language, f"另一次评估正在写 {busy.home}。", f"{busy.home} is being written.")
        _end(wait, LOCKED)
    except OSError as error:
        _end(told(error).say(language), UNWRITTEN)


def _end(text: str, code: int) -> None:
    click.echo(text, err=True)
    sys.exit(code)


def _locked(home: Path, work: Callable[[], T]) -> T:
    from branchscore.run.lock import locked  # noqa: PLC0415

    with locked(home):
        return work()


def _issuer(folder: Path, descriptor: int | None, language: Language) -> "Issuer":
    from branchscore.trust.issuer import open_keys  # noqa: PLC0415

    if not (folder / "trust.json").is_file():
        zh = f"{folder} 里没有钥匙：请先用 branchscore keys init 生成，或用 --keys 写明文件夹"
        en = f"there are no keys in {folder}: make them with branchscore keys init, or name --keys"
        _end(say(language, zh, en), WRONG_CALL)
    (passphrase,) = passphrases((DAILY,), descriptor, language, new=False)
    return open_keys(folder, passphrase)


def _source(run: Path | None) -> tuple["Source", Path]:
    from branchscore.outputs.opened import latest, run_in  # noqa: PLC0415
    from branchscore.trust.source import source_of  # noqa: PLC0415

    place = run_in(run or latest(Path("reports"))).resolve()
    return source_of(place), place.parent


def _tell(done: "Done", source: "Source", language: Language) -> None:
    if done.untitled:
        codes = ", ".join(done.untitled)
        click.echo(
            say(
                language,
                f"登记簿里没有按第 {source.run} 次评估命名，不出证：{codes}",
                f"Not named in the register by run {source.run}, no certificate: {codes}",
            ),
            err=True,
        )
    if done.have:
        codes = ", ".join(done.have)
        click.echo(say(language, f"已有证书：{codes}", f"They have one already: {codes}"))
    if done.made:
        n = len(done.made)
        click.echo(say(language, f"{n} 张证书在 {done.folder}", f"{n} in {done.folder}"))
        award = source.evaluation.criteria.award
        if award and award.own:
            zh = "签名的证书用横版：自己的模板别人核验时排不出来。"
            en = "Signed ones are landscape: who checks them could not lay out a design of yours."
            click.echo(say(language, zh, en), err=True)
