"""Add up what listeners fetched and heard."""

from roadcast.feedback.agents import Agents
from roadcast.feedback.alarms import Silent, Spread, silent, spread
from roadcast.feedback.summary import SegmentShare, segments, summarise

__all__ = ["Agents", "SegmentShare", "Silent", "Spread", "segments", "silent", "spread", "summarise"]
