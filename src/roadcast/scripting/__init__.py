"""Write the words of an edition from templates, keep them on paper, and prove that their sources said them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
