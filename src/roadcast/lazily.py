"""Make the elements of a sequence when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Lazily(Sequence[T_co]):
    """A sequence that is made from the first element on, as far as somebody has asked, and each element once."""

    def __init__(self, elements: Iterable[T_co]) -> None:
        self._coming = iter(elements)
        self._made: list[T_co] = []

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...

    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        self._reach(index + 1 if isinstance(index, int) and index >= 0 else None)
        return self._made[index]

    def __len__(self) -> int:
        self._reach(None)
        return len(self._made)

    def __bool__(self) -> bool:
        """Tell whether there is anything, without making more than the first."""
        self._reach(1)
        return bool(self._made)

    def _reach(self, count: int | None) -> None:
        """Make what is lacking of so many elements; all there are if None."""
        lacking = None if count is None else max(0, count - len(self._made))
        self._made.extend(islice(self._coming, lacking))
