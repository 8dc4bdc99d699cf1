"""The rules of the source catch what they are for, allow no more than they must, and hold."""

import ast
from fnmatch import fnmatch

import pytest

from config.rules.book import RULES
from config.rules.reading import broken_in, broken_in_template, sources

BAD = {
    "whole locks": ["Case.objects.select_for_update().get(pk=case.pk)"],
    "safe text": [
        "from django.utils.safestring import mark_safe",
        "SafeString(note.text)",
        "format_html(note.text)",
        "format_html(f'<b>{note.text}</b>')",
        "linebreaks(text, autoescape=False)",
        "register.filter(shout, is_safe=True)",
        "class Note:\n    def __html__(self): return self.text",
    ],
    "templates of data": [
        "from django.template import Template",
        "from django.template import Engine",
        "import jinja2",
        "from string import Template",
        "template.Template(report.body)",
        "engines['django'].from_string(report.body)",
    ],
    "code of data": [
        "eval(text)",
        "exec(text)",
        "import pickle",
        "yaml.load(text)",
        "import_string(request.GET['kind'])",
        "importlib.import_module(name)",
    ],
    "composed SQL": [
        "cursor.execute(f'SELECT {name}')",
        "cursor.execute('SELECT ' + name)",
        "cursor.execute('SELECT %s' % name)",
        "cursor.execute('SELECT {}'.format(name))",
        "RunSQL(f'DROP {name}')",
    ],
    "raw rows": [
        "Item.objects.raw(sql)",
        "rows.extra(where=[words])",
        "Item._base_manager.all()",
        "RawSQL(words, [])",
    ],
    "cursors": ["connection.cursor()", "with connections['default'].cursor() as one: pass"],
    "network": [
        "import requests",
        "from urllib.request import urlopen",
        "import urllib.request",
        "import http.client",
        "from socket import create_connection",
        "import httpx",
    ],
    "programs": ["import subprocess", "from subprocess import run", "os.system(command)"],
    "shells": ["run(command, shell=True)", "run(command, shell=wanted)"],
    "paths in doors": ["from pathlib import Path", "open(upload.name)", "import os"],
    "os.path": ["import os.path", "from os.path import join", "from os import path"],
    "archives and XML": [
        "from xml.etree import ElementTree",
        "import lxml.etree",
        "import tarfile",
        "archive.extractall(folder)",
    ],
    "open to forgery": [
        "from django.views.decorators.csrf import csrf_exempt",
        "csrf.csrf_exempt(view)",
    ],
    "every field": [
        "class Form:\n    class Meta:\n        fields = '__all__'",
        "class Form:\n    class Meta:\n        exclude = ['case']",
    ],
    "every row": ["rows = Item.objects.all()", "page_of(request, Item.objects.all())"],
    "typed patterns": [
        "Item.objects.filter(serial__regex=words)",
        "Q(name__iregex=request.GET['q'])",
    ],
}
GOOD = [
    "format_html('<b>{}</b>', note.text)",
    "SafeString('')",
    "cursor.execute('SELECT 1 WHERE id = %s', [key])",
    "cursor.execute(f'CREATE ROLE {ROLE}')",
    "cursor.execute(sql.SQL('GRANT {}').format(sql.Identifier(name)))",
    "VisibleField(queryset=Item.objects.all())",
    "Item.objects.visible_to(request.user)",
    "from urllib.parse import urlsplit",
    "import_module('config.celery')",
    "Q(sha256__regex='^[0-9a-f]{64}$')",
    "LOGGER.warning(event, extra={'facts': told})",
    "class Form:\n    class Meta:\n        fields = ['title']",
]
DOOR = "evidence/views/item.py"


def test_every_rule_has_a_bad_line_to_catch() -> None:
    assert set(BAD) == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("name", "line"), [(name, line) for name, lines in BAD.items() for line in lines]
)
def test_a_bad_line_is_caught(name: str, line: str) -> None:
    assert name in " ".join(broken_in(line, DOOR))


@pytest.mark.parametrize("line", GOOD)
def test_a_good_line_is_let_through(line: str) -> None:
    assert list(broken_in(line, DOOR)) == []


@pytest.mark.parametrize("line", ["{{ x|safe }}", "{{ x | safeseq }}", "{% autoescape  off %}"])
def test_a_template_that_trusts_text_is_caught(line: str) -> None:
    assert list(broken_in_template(line, "templates/a.html"))
    assert not list(broken_in_template("{{ x|safer }} safe", "templates/a.html"))


def test_the_source_keeps_every_rule() -> None:
    assert [line for path, text in sources("*.py") for line in broken_in(text, path)] == []
    assert [
        line for path, text in sources("*.html") for line in broken_in_template(text, path)
    ] == []


def test_no_exception_outlives_its_reason() -> None:
    trees = {path: ast.parse(text) for path, text in sources("*.py")}
    idle = [
        f"{rule.name}: {pattern}"
        for rule in RULES
        for pattern, why in rule.allowed.items()
        if not why
        or not any(
            rule.breaks(node)
            for path, tree in trees.items()
            if fnmatch(path, pattern)
            for node in ast.walk(tree)
        )
    ]
    assert idle == []


def test_the_reader_looks_at_every_room() -> None:
    read = {path.partition("/")[0] for path, _text in sources("*.py")}
    assert {"core", "accounts", "evidence", "reports", "config", "deploy", "manage.py"} <= read
