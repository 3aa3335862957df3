"""Serve private feeds, the recordings behind them, and the page a rep sees."""
