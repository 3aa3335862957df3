"""Let `python -m roadcast` and the console script enter at the same door."""

from roadcast.cli.main import main

if __name__ == "__main__":
    main()
