"""Connect the stages: one function for each thing that Roadcast does. Begin with line.py."""
