"""A time-stamp authority (RFC 3161) for exercises and tests: it proves nothing to anybody else.

    python deploy/exercise_authority.py FOLDER [PORT]

makes certificates in FOLDER with openssl, says how to start Vestige with it, and answers on this
machine alone until Ctrl-C. Whoever runs the program runs this clock too, so its word is no witness;
its certificates say so, and the verifier prints them.
"""

import subprocess  # nosec B404
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

NAME = "EXERCISE ONLY, not a witness"
LARGEST = 10_000  # bytes of a question
CONFIG = """
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
certs = {folder}/ca.pem
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
"""
USE = "extendedKeyUsage=critical,timeStamping"


class Authority:
    """One authority: its certificates, and the time-stamps it gives."""

    def __init__(self, folder: Path, name: str = NAME) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.place("openssl.cnf").exists():
            self.make_certificates(name)
            self.place("serial").write_text("01\n")
            self.place("roots.pem").write_bytes(self.certificates)
            self.place("openssl.cnf").write_text(CONFIG.format(folder=self.folder))

    def place(self, name: str) -> Path:
        """A file of the authority."""
        return self.folder / name

    def make_certificates(self, name: str) -> None:
        """A root, and the one it names for time-stamps."""
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        ca, key = self.place("ca.pem"), self.place("ca.key")
        lasting = ["-days", "3650"]
        self.run("req", "-x509", *new, *lasting, "-keyout", key, "-out", ca, "-subj", f"/CN={name}")
        asked, secret = self.place("tsa.csr"), self.place("tsa.key")
        self.run("req", *new, "-keyout", secret, "-out", asked, "-subj", f"/CN={name} (clock)")
        self.place("use").write_text(USE)
        signed = ["-CA", ca, "-CAkey", key, "-CAcreateserial", "-extfile", self.place("use")]
        self.run("x509", "-req", "-in", asked, *signed, *lasting, "-out", self.place("tsa.pem"))

    @property
    def certificates(self) -> bytes:
        """The root and the signer's, as one file."""
        return self.place("ca.pem").read_bytes() + self.place("tsa.pem").read_bytes()

    def stamp(self, data: bytes) -> bytes:
        """A time-stamp over `data`: the DER of a TimeStampResp."""
        self.place("data").write_bytes(data)
        query = self.place("query")
        query.unlink(missing_ok=True)
        self.run("ts", "-query", "-data", self.place("data"), "-sha256", "-cert", "-out", query)
        return self.answer(query.read_bytes())

    def answer(self, question: bytes) -> bytes:
        """The answer to a question that somebody else wrote."""
        query, reply = self.place("query"), self.place("reply")
        query.write_bytes(question)
        reply.unlink(missing_ok=True)
        config = ["-config", self.place("openssl.cnf"), "-section", "here"]
        self.run("ts", "-reply", "-queryfile", query, *config, "-out", reply)
        return reply.read_bytes()

    def run(self, *words: object) -> None:
        """Ask openssl, with words of our own alone."""
        command = ["openssl", *map(str, words)]
        subprocess.run(command, check=True, capture_output=True)  # nosec B603  # noqa: S603


def serve(authority: Authority, port: int) -> None:
    """Answer on this machine alone, until Ctrl-C."""

    class Clock(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = min(int(self.headers.get("Content-Length", "0")), LARGEST)
            answer = authority.answer(self.rfile.read(size))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Every minute one question: nothing to tell."""

    HTTPServer(("127.0.0.1", port), Clock).serve_forever()


def main() -> int:
    """Make the certificates, say what to set, and serve."""
    if len(sys.argv) < 2:
        sys.stdout.write(__doc__ or "")
        return 2
    authority, port = Authority(Path(sys.argv[1])), int((*sys.argv, "8318")[2])
    sys.stdout.write(
        f"TIMESTAMP_AUTHORITIES=http://127.0.0.1:{port}/ "
        f"TIMESTAMP_ROOTS={authority.place('roots.pem')} make up\n"
    )
    sys.stdout.flush()
    try:
        serve(authority, port)
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
