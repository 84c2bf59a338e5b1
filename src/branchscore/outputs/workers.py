"""Processes of our own that work on one thing after the other, within limits.

One that dies takes nothing with it but what it was working on, and that is known by name.
Where the parent is killed, its workers find their pipe closed and end.
"""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
HELD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Died(Exception):  # noqa: N818 - it is for the caller to say what went wrong
    """The worker ended before it answered: the task's number and the exit code (negative: the
    signal that ended it)."""

    def __init__(self, task: int, code: int) -> None:
        super().__init__(task, code)
        self.task, self.code = task, code


class Team(Generic[Task, Answer]):
    """`size` processes that each run `work`, made by calling `make` with `settings` there."""

    def __init__(
        self, size: int, make: Callable[[str], Callable[[Task], Answer]], settings: str
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.staff: dict[Connection, SpawnProcess] = {}
        try:
            # They inherit that these are held back: Ctrl-C reaches everybody at the terminal,
            # and what becomes of the workers is for the parent to say.
            with _held():
                for _ in range(size):
                    ours, theirs = context.Pipe()
                    worker = context.Process(
                        target=_serve, args=(theirs, make, settings), daemon=True
                    )
                    worker.start()
                    theirs.close()
                    self.staff[ours] = worker
        except BaseException:
            self.close()
            raise

    def answers(self, tasks: Sequence[Task]) -> Iterator[Answer]:
        """The answers in the order of the tasks. Raises `Died`."""
        waiting = deque(enumerate(tasks))
        busy: dict[Connection, int] = {}
        done: dict[int, Answer] = {}

        def hand_out(worker: Connection) -> None:
            if waiting:
                busy[worker], task = waiting.popleft()
                with suppress(BrokenPipeError):  # that it died is seen when it should answer
                    worker.send(task)

        for worker in self.staff:
            hand_out(worker)
        for number in range(len(tasks)):
            while number not in done:
                for ready in wait(list(busy)):
                    assert isinstance(ready, Connection)  # noqa: S101 - narrows the type
                    answered = busy.pop(ready)
                    done[answered] = self._answer(ready, answered)
                    hand_out(ready)
            yield done.pop(number)

    def _answer(self, pipe: Connection, task: int) -> Answer:
        try:
            answer: Answer = pipe.recv()
        except (EOFError, ConnectionResetError):
            worker = self.staff[pipe]
            worker.join()
            raise Died(task, worker.exitcode or 0) from None
        return answer

    def close(self) -> None:
        """End them, whatever they are doing."""
        for worker in self.staff.values():
            worker.kill()
        for pipe, worker in self.staff.items():
            worker.join()
            pipe.close()
        self.staff.clear()


@contextmanager
def _held() -> Iterator[None]:
    """Hold signals back, from processes that are started for as long as they live, from this
    one for now: a worker that is half started could not be ended."""
    resource_tracker.ensure_running()  # which would let them through again
    came: list[int] = []
    with _noted(came):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    for number in came:
        signal.raise_signal(number)


@contextmanager
def _noted(came: list[int]) -> Iterator[None]:
    """The mask holds for one thread; what another one lets in is only noted here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {number: signal.getsignal(number) for number in HELD}
    heeded = {n: handler for n, handler in handlers.items() if callable(handler)}
    for number in heeded:
        signal.signal(number, lambda got, _: came.append(got))
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)


def _serve(
    pipe: Connection, make: Callable[[str], Callable[[Task], Answer]], settings: str
) -> None:
    work = make(settings)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send(work(pipe.recv()))
