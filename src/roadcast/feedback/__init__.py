"""Add up what listeners fetched and heard."""

from roadcast.feedback.agents import Agents
from roadcast.feedback.alarms import Silent, Spread, silent, spread
from roadcast.feedback.report import Attention, Rep, Report
from roadcast.feedback.summary import Attendance, SegmentShare, attendance, segments, summarise

__all__ = [
    "Agents",
    "Attendance",
    "Attention",
    "Rep",
    "Report",
    "SegmentShare",
    "Silent",
    "Spread",
    "attendance",
    "segments",
    "silent",
    "spread",
    "summarise",
]
