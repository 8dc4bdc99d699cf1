"""A time-stamping authority of our own: openssl behind a small HTTP server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """Its certificates lie in a folder; it answers questions one by one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder, self.asked, self.silent = folder, 0, False
        (folder / "tsa.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01")
        key = ["-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf", "-days", "30"]
        self.run("req", "-x509", *key, "-subj", "/CN=root", "-extensions", "root")(
            "-keyout", "root.key", "-out", "root.pem"
        )
        self.run("req", *key[:-2], "-subj", "/CN=stamper")("-keyout", "tsa.key", "-out", "tsa.csr")
        by = ["-CA", "root.pem", "-CAkey", "root.key", "-extfile", "tsa.cnf", "-days", "30"]
        self.run("x509", "-req", "-in", "tsa.csr", *by)("-extensions", "stamper", "-out", "tsa.pem")

    def run(self, *command: str):  # type: ignore[no-untyped-def]
        def go(*rest: str) -> None:
            whole = ["openssl", *command, *rest]
            subprocess.run(whole, cwd=self.folder, check=True, capture_output=True)

        return go

    @property
    def roots(self) -> Path:
        """The certificate that its tokens are held against."""
        return self.folder / "root.pem"

    def answer(self, question: bytes) -> bytes:
        """What it says to one request."""
        self.asked += 1
        (self.folder / "question.tsq").write_bytes(question)
        self.run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question.tsq")(
            "-out", "answer.tsr"
        )
        return (self.folder / "answer.tsr").read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address, while it answers."""
        authority = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = self.rfile.read(int(self.headers["Content-Length"]))
                body = b"" if authority.silent else authority.answer(question)
                self.send_response(503 if authority.silent else 200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        server = HTTPServer(("127.0.0.1", 0), Door)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()
