"""What the operating system refuses, in words: its own are English, and brief."""

import errno
from typing import Final

from branchscore.text.phrase import Phrase

WHY: Final = {
    errno.ENOENT: Phrase("文件不存在", "there is no such file"),
    errno.EACCES: Phrase("没有权限", "permission denied"),
    errno.EPERM: Phrase("不允许这样做", "it is not permitted"),
    errno.ELOOP: Phrase("这是链接（快捷方式）", "it is a link"),
    errno.EISDIR: Phrase("这是文件夹", "it is a folder"),
    errno.ENOTDIR: Phrase("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Phrase("已有同名的文件", "a file of that name is there already"),
    errno.ENOTEMPTY: Phrase("文件夹里还有文件", "the folder is not empty"),
    errno.ENAMETOOLONG: Phrase("名称太长", "the name is too long"),
    errno.ENOSPC: Phrase("磁盘已满", "the disk is full"),
    errno.EDQUOT: Phrase("已超出磁盘配额", "the disk quota is used up"),
    errno.EFBIG: Phrase("文件超出允许的大小", "the file is larger than allowed"),
    errno.EROFS: Phrase("磁盘是只读的", "the disk is read-only"),
    errno.EIO: Phrase("磁盘读写出错，可能已损坏", "reading or writing failed; the disk may be bad"),
    errno.EBUSY: Phrase("正被其他程序使用", "another program is using it"),
    errno.ESTALE: Phrase("网络文件夹已断开", "the network folder is gone"),
    errno.EMFILE: Phrase("打开的文件太多", "too many files are open"),
    errno.ENFILE: Phrase("系统打开的文件太多", "too many files are open in the system"),
    errno.ENOMEM: Phrase("内存不足", "out of memory"),
    errno.ENOLCK: Phrase("这个文件夹不支持加锁", "the folder cannot be locked"),
    errno.ENOTSUP: Phrase("这个文件夹不支持这种操作", "the folder does not support this"),
}


def refusal(error: OSError) -> Phrase:
    """Why the system refused, without the file."""
    known = WHY.get(error.errno or 0)
    if known:
        return known
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return Phrase(f"系统出错（{name}）", error.strerror or name)


def told(error: OSError) -> Phrase:
    """Which file the system refused, and why."""
    file = error.filename2 if error.filename2 is not None else error.filename
    if file is None or isinstance(file, int):
        return refusal(error)
    name = str(file) if isinstance(file, str) else repr(file)
    return Phrase(*(f"{name}: {text}" for text in refusal(error)))
