"""A time-stamp authority of our own for tests: openssl with a certificate made on the spot."""

import subprocess
from pathlib import Path

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

    def __init__(self, folder: Path, name: str = "Authority of the tests") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.make_certificates(name)
        (folder / "serial").write_text("01\n")
        (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder))

    def make_certificates(self, name: str) -> None:
        """A root, and the one it names for time-stamps."""
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"]
        ca, key = self.folder / "ca.pem", self.folder / "ca.key"
        self.run("req", "-x509", *new, "-keyout", key, "-out", ca, "-subj", f"/CN={name}")
        asked, secret = self.folder / "tsa.csr", self.folder / "tsa.key"
        self.run("req", *new[:-2], "-keyout", secret, "-out", asked, "-subj", f"/CN={name} clock")
        (self.folder / "use").write_text(USE)
        signed = ["-CA", ca, "-CAkey", key, "-CAcreateserial", "-extfile", self.folder / "use"]
        self.run("x509", "-req", "-in", asked, *signed, "-days", "3650", "-out", self.signer)

    @property
    def signer(self) -> Path:
        """The certificate that stands under the time-stamps."""
        return self.folder / "tsa.pem"

    @property
    def certificates(self) -> bytes:
        """The root and the signer's, as one file."""
        return (self.folder / "ca.pem").read_bytes() + self.signer.read_bytes()

    def stamp(self, data: bytes) -> bytes:
        """A time-stamp over `data`: the DER of a TimeStampResp."""
        for name in ("data", "query", "reply"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "data").write_bytes(data)
        query, reply = self.folder / "query", self.folder / "reply"
        self.run("ts", "-query", "-data", self.folder / "data", "-sha256", "-cert", "-out", query)
        config = ["-config", self.folder / "openssl.cnf", "-section", "here"]
        self.run("ts", "-reply", "-queryfile", query, *config, "-out", reply)
        return reply.read_bytes()

    def run(self, *words: object) -> None:
        """Ask openssl."""
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
