"""Turn a script into speech: split, say, check, ask again, and fall back; never silence."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
