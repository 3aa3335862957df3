"""What listeners fetched and heard."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "plays",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("show", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("app", sa.Text, nullable=False),
        sa.Column("network", sa.Text, nullable=False),
        sa.Column("ranges", sa.Text, nullable=False),
        sa.Column("heard", sa.Text, nullable=False),
    )
    op.create_index("ix_plays_subscriber", "plays", ["subscriber"])
    op.create_index("ix_plays_edition", "plays", ["show", "date"])
    op.create_table(
        "polls",
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("show", sa.Text, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("app", sa.Text, primary_key=True),
        sa.Column("network", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
