"""The usual way: Starlette's FileResponse, one whole file per episode."""

import os

from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

PATH = os.environ["EPISODE"]


async def episode(_request):
    return FileResponse(PATH, media_type="audio/mpeg")


app = Starlette(routes=[Route("/episode.mp3", episode)])
