"""Written text to text for the ear: letters, spaces and the punctuation of breath, and no number changed."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
