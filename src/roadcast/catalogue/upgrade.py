"""Bring a database to the newest schema, in one transaction: a new one at once, an old one step by step."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from roadcast.catalogue.database import Database
from roadcast.catalogue.schema import HEAD, metadata
from roadcast.errors import SettingsError

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(database: Database) -> None:
    """Migrate to the newest schema; return at once when the database is there already.

    A program killed on the way leaves the old schema: both databases take back half a transaction of
    table changes. Programs that start together migrate one after the other.

    Raises:
        SettingsError: if the database was written by a newer program.
        StorageError: if it cannot be read or changed.
    """
    with database.reading() as connection:
        if _revision(connection) == HEAD:
            return
    with database.migrating() as connection:
        revision = _revision(connection)  # somebody else may have been quicker
        if revision is None and not inspect(connection).get_table_names():
            _create(connection)
        elif revision != HEAD:
            _migrate(connection, database.name)


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _create(connection: Connection) -> None:
    """Make all tables at once: what the migrations lead to, without loading Alembic.

    The way that Alembic's documentation gives, "Building an Up to Date Database from Scratch".
    """
    metadata.create_all(connection, checkfirst=False)
    connection.execute(
        text(
            "CREATE TABLE alembic_version "
            "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _migrate(connection: Connection, name: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        if "locate revision" not in str(error):
            raise
        raise SettingsError(
            f"{name}: written by a newer roadcast than this one; update the program, or name another database"
        ) from error
    logger.info("migrated the catalogue to %s", HEAD)
