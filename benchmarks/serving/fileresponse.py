"""The usual way: Starlette's FileResponse, one whole file per episode; and the least a feed can cost, bytes at hand."""

import os

from starlette.applications import Starlette
from starlette.responses import FileResponse, Response
from starlette.routing import Route

PATH = os.environ["EPISODE"]
FEED = b"x" * int(os.environ["FEED_SIZE"])


async def episode(_request):
    return FileResponse(PATH, media_type="audio/mpeg")


async def feed(_request):
    return Response(FEED, media_type="application/rss+xml")


app = Starlette(routes=[Route("/episode.mp3", episode), Route("/private/{address:path}", feed)])
