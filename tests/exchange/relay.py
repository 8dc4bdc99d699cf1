"""A line between two installations: it ends the TLS, and changes one byte when told to."""

import http.client
import ssl
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

PASSED = ("Vestige-Envelope", "Content-Type", "Accept")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, which is its own root, and its key."""
    place, key = folder / "line.pem", folder / "line.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    return place, key


class Relay:
    """Listens with TLS, and asks an installation's own port."""

    def __init__(self, port: int, pem: tuple[Path, Path]) -> None:
        self.port, self.flips = port, False
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.pass_on(b"")

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                self.pass_on(relay.carried(self.rfile.read(length)))

            def pass_on(self, body: bytes) -> None:
                line = http.client.HTTPConnection("127.0.0.1", relay.port, timeout=120)
                told = {name: self.headers[name] for name in PASSED if name in self.headers}
                line.request(self.command, self.path, body=body or None, headers=told)
                answer = line.getresponse()
                said = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
                line.close()

            def log_message(self, *_words: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*pem)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_address[1]}"

    def carried(self, body: bytes) -> bytes:
        """The body as it arrives."""
        if not self.flips or not body:
            return body
        middle = len(body) // 2
        return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
