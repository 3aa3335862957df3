"""Connect the stages: one function for each thing that Roadcast does."""
