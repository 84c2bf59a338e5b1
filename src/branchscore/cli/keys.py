"""`branchscore keys`: the keys that certificates are signed with."""

import sys
from pathlib import Path

import click

from branchscore.cli.common import DONE, FAULTY, language_option, say
from branchscore.cli.passphrase import passphrase_option, passphrases
from branchscore.text.phrase import Language

ROOT = ("根钥匙的口令（离线保管）", "Passphrase of the root key (kept offline)")
DAILY = ("日常钥匙的口令", "Passphrase of the keys of daily work")


@click.group()
def keys() -> None:
    """签发证书用的钥匙。

    The keys that certificates are signed with.
    """


@keys.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="keys")
@click.option(
    "--name",
    required=True,
    help="签名文本的钥匙叫什么，如 example.org/naming · what the key of signed texts is called",
)
@click.option("--organization", required=True, help="签发机关 · the organization that issues")
@passphrase_option
@language_option
def init(
    folder: Path, name: str, organization: str, descriptor: int | None, language: Language
) -> None:
    """在 FOLDER 里生成一套新钥匙；已有的从不覆盖。

    Make new keys in FOLDER (default: keys); those that are there are never overwritten.

    Two passphrases are asked for, or read from a file descriptor in this order: that of the root
    key, which goes offline afterwards, and that of the keys of daily work.

    \b
    offline/root.key.pem  根钥匙：用过这一次，移到离线的地方 · move it offline now
    document.key.pem      证书签名 · signs certificates
    note.key.pem          二维码和登记簿签名 · signs codes and the register's state
    trust.json            公开，核验用 · for everybody: whom to trust

    \b
    退出码 · Exit codes
    0  完成 done
    1  没有生成 not made
    2  调用有误 wrong call
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from branchscore.text.system import told  # noqa: PLC0415
    from branchscore.trust.issuer import ROOT_KEY, make_keys  # noqa: PLC0415
    from branchscore.trust.refused import Untrusted  # noqa: PLC0415

    root, daily = passphrases((ROOT, DAILY), descriptor, language, new=True)
    try:
        made = make_keys(
            folder, name, organization, {"root": root, "daily": daily}, datetime.now(UTC)
        )
    except Untrusted as refused:
        click.echo(refused.why.say(language), err=True)
        sys.exit(FAULTY)
    except OSError as error:
        click.echo(told(error).say(language), err=True)
        sys.exit(FAULTY)
    click.echo(
        say(
            language,
            f"钥匙在 {folder}。请把 {folder / ROOT_KEY} 移到离线的地方，公布 trust.json 和指纹：",
            f"The keys are in {folder}. Move {folder / ROOT_KEY} offline; publish trust.json and "
            "the fingerprint:",
        )
    )
    click.echo(made.fingerprint)
    sys.exit(DONE)
