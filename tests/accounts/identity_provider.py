"""A small OpenID Connect provider on localhost: the outside system that single sign-on talks to."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "vestige", "a-secret-between-the-two"


class IdentityProvider:
    """Signs in whoever `person` says, without asking; keeps what it was asked."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        """What the provider says at each of its addresses."""
        self.asked.append((path, query))
        return {
            "/.well-known/openid-configuration": self.configuration,
            "/token": self.token,
            "/userinfo": self.person,
            "/keys": {"keys": [self.public_key]},
        }.get(path)

    @property
    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
        }

    @property
    def public_key(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**told, "kid": "one", "alg": "RS256", "use": "sig"}

    @property
    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


def handler_of(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    """The web side of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self.reply(provider.answer(parts.path, parse_qs(parts.query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.reply(provider.answer(urlsplit(self.path).path, parse_qs(body)))

        def reply(self, told: dict[str, Any] | None) -> None:
            self.send_response(200 if told is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *words: Any) -> None:
            """Quietly."""

    return Handler
