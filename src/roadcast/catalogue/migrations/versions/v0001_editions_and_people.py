"""Editions, what they aired, the pace of voices, and people with their rights."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("show", sa.Text, primary_key=True),
        sa.Column("date", sa.Date, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("rundown", sa.Text, nullable=False),
        sa.Column("episode", sa.Text, nullable=False),
    )
    op.create_table(
        "aired",
        sa.Column("show", sa.Text, primary_key=True),
        sa.Column("date", sa.Date, primary_key=True),
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["show", "date"], ["editions.show", "editions.date"], ondelete="CASCADE"),
    )
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("permille", sa.Integer, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("commas", sa.Integer, nullable=False),
        sa.Column("stops", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_index("ix_observations_voice", "observations", ["engine", "voice", "permille", "id"])
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.UniqueConstraint("mailbox"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("show", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("grace_until", sa.DateTime(timezone=True)),
        sa.Column("expires", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("subscriber", sa.Text, nullable=False),
        sa.Column("show", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["subscriber", "show"], ["subscriptions.subscriber", "subscriptions.show"], ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tokens_subscription", "tokens", ["subscriber", "show", "purpose", "version"], unique=True)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("subscriber", sa.Text, nullable=False),
        sa.Column("show", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
    )
    op.create_index("ix_changes_subscriber", "changes", ["subscriber"])
