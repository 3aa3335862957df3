"""Choose what an edition tells, at which length and in which order, so that it fits its time slot."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
