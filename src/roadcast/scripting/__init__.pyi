from .ledger import audit
from .pages import Page, read_page, take_edits, write_page
from .templates import Templates
from .writing import Frame, write

__all__ = ["Frame", "Page", "Templates", "audit", "read_page", "take_edits", "write", "write_page"]
