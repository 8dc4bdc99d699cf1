"""What must never stand in the source: for each rule the weakness it keeps out, and the exceptions.

An exception names a file and says why the thing is allowed there. Tests feed every rule a bad line
and see it caught, and refuse an exception that is no longer needed.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch

from config.rules.questions import (
    Question,
    asks_for_all,
    calls,
    composed_sql,
    either,
    imports,
    locks_the_key,
    mentions,
    takes_all_fields,
    trusts_text,
    unfixed_first,
)


@dataclass(frozen=True)
class Rule:
    """One thing that is forbidden: why, how it is recognised, and where it may be."""

    name: str
    why: str
    breaks: Question
    allowed: Mapping[str, str] = field(default_factory=dict)
    only_in: tuple[str, ...] = ("*",)

    def applies_to(self, path: str) -> bool:
        """False in the files that are named as exceptions, or outside of where it is asked for."""
        asked = any(fnmatch(path, pattern) for pattern in self.only_in)
        return asked and not any(fnmatch(path, pattern) for pattern in self.allowed)


DOORS = ("*/views.py", "*/views/*", "*/api.py", "*/api/*", "*/forms.py", "*/forms/*", "*/admin.py")
LAUNCHER = {"config/local/*": "the launcher of `make up`, which serves nobody"}
VENDOR = {"config/vendor.py": "fetches browser code at set-up"}
RULES = [
    Rule("safe text", "stored scripts", trusts_text, {"core/markdown.py": "cleans it first"}),
    Rule(
        "templates of data",
        "template injection",
        either(
            imports("django.template.Template", "django.template.Engine", "jinja2", "mako"),
            imports("django.template.base.Template", "string.Template"),
            calls(".from_string", "template.Template", "template.Engine", "engines.Engine"),
        ),
    ),
    Rule(
        "code of data",
        "execution of what was typed",
        either(
            calls("eval", "exec", "compile", "__import__", "yaml.load", "yaml.unsafe_load"),
            imports("pickle", "marshal", "shelve", "dill", "jsonpickle", "code", "runpy"),
            unfixed_first("import_module", "importlib.import_module", "import_string"),
        ),
        {
            "evidence/imaging/child.py": "imports a picture plug-in by a name of its own table",
            "evidence/imaging/forker.py": "imports the reader our own code names, at its start",
            "evidence/imaging/redacting.py": "imports a picture plug-in by a name of its own table",
        },
    ),
    Rule(
        "composed SQL", "SQL injection", composed_sql, {"core/scope.py": "prefixes the asker's id"}
    ),
    Rule(
        "raw rows",
        "rows read past the gate",
        either(calls(".raw", ".extra", "RawSQL"), mentions("_base_manager")),
    ),
    Rule(
        "cursors",
        "rows read past the gate",
        calls(".cursor"),
        {
            "*/services/*": "locks and counters",
            "*/services.py": "locks and counters",
            "config/database.py": "asks for the role it serves with",
            "config/management/*": "roles and policies of the database",
        },
    ),
    Rule(
        "network",
        "requests forged on the server's behalf",
        either(
            imports("requests", "urllib.request", "urllib3", "httpx", "aiohttp", "http.client"),
            imports(
                "socket", "socketserver", "ftplib", "smtplib", "telnetlib", "xmlrpc", "asyncio"
            ),
        ),
        {
            **LAUNCHER,
            "deploy/healthy.py": "asks its own port whether it lives",
            "evidence/imaging/asking.py": "a socket pair, by which open files are handed over",
            "evidence/imaging/forker.py": "the other end of that pair; it has left the network",
            "exchange/services/posting.py": "notifies hosts the operator named, by checked address",
            "exchange/services/peer_line.py": "asks the peers whose hosts the operator named",
            "ledger/services/anchoring.py": "the signer asks the authorities the operator named",
        },
    ),
    Rule(
        "programs",
        "commands of what was typed",
        either(
            imports("subprocess", "pty"), calls("os.system", "os.popen", "os.execv", "os.spawnv")
        ),
        {
            "evidence/imaging/asking.py": "the process that forks limited children for pictures",
            "evidence/imaging/redact.py": "the limited child that draws redacted copies",
            "deploy/exercise_authority.py": "openssl, with words of our own, in exercises",
            **LAUNCHER,
            **VENDOR,
        },
    ),
    Rule(
        "shells",
        "commands of what was typed",
        lambda node: (
            isinstance(node, ast.keyword)
            and node.arg == "shell"
            and not (isinstance(node.value, ast.Constant) and node.value.value is False)
        ),
    ),
    Rule(
        "paths in doors",
        "names from clients becoming paths",
        either(imports("pathlib", "os", "shutil", "tempfile", "glob"), calls("open")),
        {"evidence/api/tus.py": "holds a piece in a file without a name"},
        only_in=DOORS,
    ),
    Rule(
        "os.path",
        "names from clients becoming paths",
        either(imports("os.path"), mentions("path_join")),
    ),
    Rule(
        "archives and XML",
        "bombs, entities and members that climb out of their folder",
        either(
            imports("xml.etree", "xml.dom", "xml.sax", "lxml", "tarfile"),
            calls(".extractall", ".extract", ".unpack_archive"),
        ),
    ),
    Rule(
        "open to forgery",
        "requests forged in the browser",
        either(
            imports("django.views.decorators.csrf.csrf_exempt"),
            calls("csrf_exempt", ".csrf_exempt"),
        ),
        {
            "accounts/views/policy_report.py": "browsers send it without cookies; it only notes",
            "exchange/views/peer_door.py": "peers sign what they send, and no cookie counts there",
        },
    ),
    Rule("whole locks", "deadlocks with rows that point at the locked one", locks_the_key),
    Rule("every field", "fields that only the server sets", takes_all_fields, only_in=DOORS),
    Rule(
        "every row",
        "rows shown without asking for whom",
        asks_for_all,
        only_in=("*/views*", "*/http.py"),
    ),
    Rule(
        "typed patterns",
        "patterns that take for ever",
        lambda node: (
            isinstance(node, ast.keyword)
            and str(node.arg).endswith(("__regex", "__iregex"))
            and not isinstance(node.value, ast.Constant)
        ),
    ),
]
