"""Alembic's steps from each old schema to the next."""
