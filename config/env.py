"""Reads what differs between servers from the environment, and refuses what is unsafe."""

import json
import os
import sys
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from core.scope import ScopedCursor
from core.sealing import Keeper, SecretKeeper

SHORTEST_SECRET = 40
FEWEST_CHARACTERS = 10
HERE = "localhost,127.0.0.1,[::1]"
MOUNTED = Path("/run/secrets")
"""Where containers find their secrets: each sees only its own, whatever the file's mode says."""


def flag(name: str, *, default: bool = False) -> bool:
    """A yes-or-no setting: 1, true, yes and on mean yes."""
    value = os.environ.get(name, "")
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def debugging() -> bool:
    """DEBUG, which shows strangers the inside of the program and so stops a server with TLS."""
    if flag("DEBUG") and flag("TLS"):
        raise refused("DEBUG is for a developer's machine: unset it where TLS is on.")
    return flag("DEBUG")


def refused(sentence: str) -> ImproperlyConfigured:
    """What stops the program, told to the security log too, which is not set up that early."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"at": at, "event": "settings.refused", "why": sentence})
    if file := os.environ.get("SECURITY_LOG"):
        with Path(file).open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")
    else:
        sys.stderr.write(f"{line}\n")
    return ImproperlyConfigured(sentence)


def hosts() -> list[str]:
    """The names that browsers may use: never all of them, and beyond this house only with TLS."""
    named = words("ALLOWED_HOSTS", HERE)
    if flag("TLS") and any(name in {"*", "."} for name in named):
        raise refused("ALLOWED_HOSTS lets any name in: list the names people type.")
    abroad = [name for name in named if not is_near(name)]
    if abroad and not flag("TLS") and not flag("DEBUG") and not flag("CLOSED_NETWORK"):
        raise refused(
            f"ALLOWED_HOSTS names {abroad[0]}, but passwords would travel in the clear: set TLS=1 "
            "and put a TLS proxy in front, or CLOSED_NETWORK=1 where nobody else can listen."
        )
    return named


def is_near(host: str) -> bool:
    """True for this machine and for addresses that no router carries into the world."""
    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        return host in {"localhost", "testserver"} or host.endswith(".localhost")


def trusted_origins() -> list[str]:
    """Other origins that forms may come from: with TLS none in the clear, and none by wildcard."""
    origins = words("CSRF_TRUSTED_ORIGINS")
    for origin in origins:
        if flag("TLS") and (origin.startswith("http://") or "*" in origin):
            raise refused(f"CSRF_TRUSTED_ORIGINS: name https:// origins one by one, not {origin}.")
    return origins


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated setting."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, *, default: int) -> int:
    """A setting that counts something."""
    value = os.environ.get(name, "")
    if value and not value.isdecimal():
        raise refused(f"{name} must be a whole number, not {value!r}.")
    return int(value or default)


def security_log() -> dict[str, Any]:
    """Where the security log goes: the file that SECURITY_LOG names, or standard output."""
    if file := os.environ.get("SECURITY_LOG"):
        return {"class": "logging.handlers.WatchedFileHandler", "filename": file, "delay": True}
    return {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}


def webhook_hosts() -> list[str]:
    """The hosts that notifications may go to, `name` or `name:port`; none named: none are sent."""
    named = [word.lower() for word in words("WEBHOOK_HOSTS")]
    for name in named:
        if not is_host(name):
            raise refused(f"WEBHOOK_HOSTS: write hosts as name or name:port, not {name}.")
    return named


def is_host(name: str) -> bool:
    """True for the name or address of one host, with or without a port."""
    try:
        url = urlsplit(f"//{name}")
        return bool(url.hostname) and url.netloc == name and "*" not in name and url.port != 0
    except ValueError:
        return False


def plain_webhooks() -> bool:
    """Whether receivers on this very machine are spoken to without TLS, to try them out."""
    if flag("WEBHOOK_PLAIN_LOOPBACK") and flag("TLS"):
        raise refused("WEBHOOK_PLAIN_LOOPBACK is for trying out: unset it where TLS is on.")
    return flag("WEBHOOK_PLAIN_LOOPBACK")


def rate_limits(limits: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The limits, unless RATE_LIMITS=off leaves them to a proxy in front."""
    return {} if os.environ.get("RATE_LIMITS") == "off" else limits


def form_targets() -> list[str]:
    """Where else a form of ours may lead: to the provider of single sign-on, if there is one."""
    issuer = urlsplit(os.environ.get("OIDC_ISSUER", ""))
    own = [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
    return [*own, *words("OIDC_ORIGINS")]


def secret(name: str) -> str:
    """A secret given by value or, better, by the file that `<name>_FILE` points at."""
    if file := os.environ.get(f"{name}_FILE"):
        if not Path(file).is_file():
            raise refused(f"{name}_FILE names {file}, where there is no file.")
        if open_to_all(Path(file)):
            raise refused(f"Every user of this machine can read {file}: chmod o-rwx it.")
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")


def open_to_all(file: Path) -> bool:
    """True when strangers may read the file, or replace it, and nothing on the way stops them."""
    place = file.resolve()
    if place.is_relative_to(MOUNTED):
        return False
    reachable = all(folder.stat().st_mode & 0o001 for folder in place.parents)
    return reachable and bool(place.stat().st_mode & 0o006)


def secret_key() -> str:
    """The signing key; a missing, short or example one stops the program."""
    return random_secret("SECRET_KEY")


def random_secret(name: str) -> str:
    """A secret that nobody can guess; a missing, short or example one stops the program."""
    key = secret(name)
    example = "change-me" in key or key.startswith("django-insecure")
    if len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_CHARACTERS or example:
        raise refused(
            f"Set {name} or {name}_FILE to at least 40 random characters; "
            "`make up` does this by itself."
        )
    return key


def identity_keepers() -> list[Keeper]:
    """Who holds the keys of sources' identities: the present keeper, then the former one.

    A process that opens none is given no key. While developing, SECRET_KEY may stand in.
    """
    if not flag("OPENS_IDENTITIES", default=True):
        return []
    if debugging() and not secret("IDENTITY_KEY"):
        return [SecretKeeper.of(secret_key())]
    if secret("IDENTITY_KEY") == secret_key():
        raise refused("IDENTITY_KEY must be another secret than SECRET_KEY.")
    former = [random_secret("IDENTITY_OLD_KEY")] if secret("IDENTITY_OLD_KEY") else []
    return [SecretKeeper.of(key) for key in [random_secret("IDENTITY_KEY"), *former]]


def database() -> dict[str, Any]:
    """The PostgreSQL connection of DATABASE_URL; `?host=/folder` means a Unix socket."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme not in {"postgres", "postgresql"}:
        raise refused(
            "Set DATABASE_URL to a PostgreSQL address such as "
            "postgresql://vestige:password@db:5432/vestige; `make up` does this by itself."
        )
    options: dict[str, Any] = dict(parse_qsl(url.query))
    # Compiling our short queries takes the server longer than running them does.
    options["options"] = " ".join(["-c jit=off", options.pop("options", "")]).strip()
    options["cursor_factory"] = ScopedCursor
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or "") or secret("DATABASE_PASSWORD"),
        "HOST": options.pop("host", None) or url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": options,
    }


def broker() -> str:
    """The Redis or Valkey address as Celery writes it."""
    url = os.environ.get("REDIS_URL", "")
    if not url.startswith(("redis://", "rediss://", "redis+socket://")):
        raise refused(
            "Set REDIS_URL to redis://host:6379/0 or redis+socket:///path/to.sock; "
            "`make up` does this by itself."
        )
    password = secret("REDIS_PASSWORD")
    if password and url.startswith(("redis://", "rediss://")) and "@" not in url:
        scheme, rest = url.split("://", 1)
        return f"{scheme}://:{password}@{rest}"
    if flag("TLS") and url.startswith("redis") and "@" not in url and not is_local(url):
        raise refused("REDIS_URL has no password: whoever reaches that server could ring jobs.")
    return url


def is_local(url: str) -> bool:
    """True for a server behind a socket or on this very machine."""
    return "+socket" in url or urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}


def cache_address() -> str:
    """The same server as the redis library writes it."""
    return broker().replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=")


def single_sign_on() -> dict[str, Any]:
    """The one OpenID Connect provider that OIDC_ISSUER names; none, unless it is set."""
    issuer = os.environ.get("OIDC_ISSUER", "")
    if not issuer:
        return {}
    client = {
        "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
        "secret": secret("OIDC_CLIENT_SECRET"),
    }
    if not all(client.values()):
        raise refused(
            "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE."
        )
    name = os.environ.get("OIDC_NAME", "") or urlsplit(issuer).hostname
    server = {"server_url": issuer.rstrip("/")}
    app = {"provider_id": "sso", "name": name, **client, "settings": server}
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


class Mail(NamedTuple):
    """How messages leave: nowhere, unless a server is named."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = "vestige@localhost"


def mail() -> Mail:
    """The mail server of EMAIL_URL: `smtp://user@host:587` (STARTTLS) or `smtps://user@host`."""
    url = urlsplit(os.environ.get("EMAIL_URL", ""))
    if not url.scheme:
        return Mail()
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or not os.environ.get("SITE_URL"):
        raise refused(
            "Set EMAIL_URL to smtp://user@host:587 or smtps://user@host, and SITE_URL to what "
            "links in messages begin with, such as https://vestige.example.org."
        )
    tls = url.scheme == "smtps"
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=url.hostname,
        port=url.port or (465 if tls else 587),
        user=unquote(url.username or ""),
        password=unquote(url.password or "") or secret("EMAIL_PASSWORD"),
        starttls=not tls and flag("EMAIL_STARTTLS", default=True),
        tls=tls,
        sender=os.environ.get("EMAIL_FROM") or f"vestige@{url.hostname}",
    )
