"""Give the voices: every engine is found by its entry point, our own like anybody else's."""

from roadcast.engines.registry import About, Options, State, available, choose, find

__all__ = ["About", "Options", "State", "available", "choose", "find"]
