"""The command line: parse, call one workflow function, say the result."""
