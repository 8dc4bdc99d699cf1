"""The client library of OASIS, led straight to the program without a network."""

from io import BytesIO
from urllib.parse import urlsplit

from django.test import Client
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from taxii2client.v21 import Server

from accounts.services import issue_token


class Straight(BaseAdapter):
    """Brings the requests of a library to the program without a network."""

    def send(self, request: PreparedRequest, **_more: object) -> Response:
        parts = urlsplit(request.url)
        answer = Client().get(f"{parts.path}?{parts.query}", headers=dict(request.headers))
        response = Response()
        response.status_code, response.url = answer.status_code, request.url or ""
        response.request = request
        response.headers.update(answer.headers)
        response.raw = BytesIO(answer.content)
        return response

    def close(self) -> None:
        """There is nothing to close."""


def root_of(user):
    """The API root as the library finds it with a key of this person."""
    _token, key = issue_token(user, by=user, name="feed", days=3)
    server = Server("http://testserver/taxii2/", user=user.username, password=key)
    server._conn.session.mount("http://", Straight())
    server.default._conn.session.mount("http://", Straight())
    return server.default
