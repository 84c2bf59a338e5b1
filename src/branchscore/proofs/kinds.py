"""What a file is by its content: names can lie, and a program is no proof."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from branchscore.text.phrase import Phrase

HEAD = 4096
TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file: what people call it and how its name may end; a `program` runs when it
    is opened, and what is `active` may hold something that does."""

    title: Phrase
    endings: frozenset[str]
    program: bool = False
    active: bool = False


def _kind(zh: str, en: str, endings: str, program: bool = False, active: bool = False) -> Kind:
    return Kind(Phrase(zh, en), frozenset(endings.split()), program, active)


TEXTS = "txt csv md log json yaml yml xml srt eml mht mhtml"
KINDS = MappingProxyType(
    {
        "pdf": _kind("PDF", "PDF", "pdf"),
        "jpeg": _kind("JPEG 图片", "JPEG picture", "jpg jpeg jpe jfif"),
        "png": _kind("PNG 图片", "PNG picture", "png"),
        "gif": _kind("GIF 图片", "GIF picture", "gif"),
        "bmp": _kind("BMP 图片", "BMP picture", "bmp dib"),
        "tiff": _kind("TIFF 图片", "TIFF picture", "tif tiff"),
        "webp": _kind("WebP 图片", "WebP picture", "webp"),
        "heic": _kind("HEIC 图片", "HEIC picture", "heic heif hif"),
        "avif": _kind("AVIF 图片", "AVIF picture", "avif"),
        "docx": _kind("Word 文档", "Word document", "docx dotx"),
        "xlsx": _kind("Excel 表格", "Excel workbook", "xlsx xltx"),
        "pptx": _kind("PowerPoint 演示", "PowerPoint slides", "pptx ppsx potx"),
        "macros": _kind(
            "带宏的 Office 文档",
            "Office file with macros",
            "docm dotm xlsm xltm pptm ppsm",
            active=True,
        ),
        "odf": _kind("ODF 文档", "OpenDocument file", "odt ods odp odg ott ots otp"),
        "ofd": _kind("OFD 版式文件", "OFD document", "ofd"),
        "office": _kind(
            "旧版 Office 或 WPS 文档",
            "old Office or WPS document",
            "doc xls ppt dot wps et dps msg",
        ),
        "rtf": _kind("RTF 文档", "RTF document", "rtf doc"),
        "video": _kind("视频", "video", "mp4 m4v mov avi mkv webm 3gp wmv mpg mpeg flv ts"),
        "audio": _kind("录音", "sound", "mp3 m4a wav amr aac flac ogg wma"),
        "zip": _kind("ZIP 压缩包", "ZIP archive", "zip"),
        "archive": _kind("压缩包", "archive", "rar 7z gz tgz bz2 xz tar"),
        "html": _kind("网页", "web page", "html htm xhtml", active=True),
        "svg": _kind("SVG 图形", "SVG drawing", "svg", active=True),
        "text": _kind("文本", "text", TEXTS),
        "program": _kind("程序或脚本", "program or script", "", program=True),
        "other": _kind("其他", "other", ""),
    }
)
PICTURES = frozenset({"jpeg", "png", "gif", "bmp", "tiff", "webp", "heic", "avif"})
ENDINGS_THAT_RUN = (
    "exe com scr pif dll sys cpl msi msp bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta lnk url "
    "reg inf jar apk app command sh bash zsh csh py pyw rb pl php elf so dylib iso img"
)
RUNS = frozenset(ENDINGS_THAT_RUN.split())
KNOWN = frozenset(ending for kind in KINDS.values() for ending in kind.endings)

# Bytes at the start that only one sort of file has.
STARTS = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"\0\0\x01\xba", "video"),
    (b"\0\0\x01\xb3", "video"),
    (b"FLV\x01", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf1", "audio"),
    (b"#!AMR", "audio"),
    (b"fLaC", "audio"),
    (b"OggS", "audio"),
    (b"#!", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "program"),
)
RIFF = {b"WEBP": "webp", b"WAVE": "audio", b"AVI ": "video"}
BRANDS = {
    "heic": (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"),
    "avif": (b"avif", b"avis"),
    "audio": (b"M4A ", b"M4B "),
}
PACKED = (
    (b"vbaProject.bin", "macros"),
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"mimetypeapplication/vnd.oasis", "odf"),
    (b"classes.dex", "program"),
)
PAGE = re.compile(
    rb"\s*(<!--.*?-->\s*|<\?xml[^>]*>\s*|<!doctype[^>]*>\s*)*<(html|svg)\b", re.I | re.S
)
DOCTYPE = re.compile(rb"\s*<!doctype html", re.I)


def kind_of(head: bytes, tail: bytes, name: str) -> str:
    """The kind of a file with these first `HEAD` and last `TAIL` bytes. A name that ends like a
    program makes it one, because a double click would run it."""
    if ending_of(name) in RUNS:
        return "program"
    for start, kind in STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _packed(head, tail)
    if head.startswith(b"RIFF"):
        return RIFF.get(head[8:12], "other")
    if head[4:8] == b"ftyp":
        return next((kind for kind, brands in BRANDS.items() if head[8:12] in brands), "video")
    if head.startswith(b"MZ") and b"PE\0\0" in head:
        return "program"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    return _written(head)


def _packed(head: bytes, tail: bytes) -> str:
    return next((kind for mark, kind in PACKED if mark in head or mark in tail), "zip")


def _written(head: bytes) -> str:
    head = head.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    if page := PAGE.match(head):
        return "svg" if page[2].lower() == b"svg" else "html"
    if DOCTYPE.match(head):
        return "html"
    return "text" if _readable(head) else "other"


def _readable(head: bytes) -> bool:
    """Whether it decodes as text; the last character may be cut off."""
    for encoding in ("utf-8", "gb18030", "utf-16"):
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return all(c.isprintable() or c in "\t\r\n\f\ufeff\u3000\xa0" for c in text)
    return False


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()


def lies(kind: str, name: str) -> bool:
    """Whether the name ends like one sort of file and the content is another. Endings that
    nobody here knows say nothing."""
    ending = ending_of(name)
    return ending in KNOWN and ending not in KINDS[kind].endings
