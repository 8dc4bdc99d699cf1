"""Strings that broke other programs: the shared list where it lies beside us, and our own."""

import json
from pathlib import Path

LIST = Path(__file__).parents[2] / "shared" / "data" / "corpus" / "blns" / "blns.json"

SCRIPTS = [
    "<script>document.title='XSS'</script>",
    "<img src=x onerror=document.title='XSS'>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><script>alert(1)</script>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "![x](https://tracker.example/x.png)",
    "<https://ok.example/?a=1&b=2>",
    "<a href=//evil.example>x</a>",
    "[x]: data:text/html,<script>alert(1)</script>\n[x]",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
TEMPLATES = [
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{% debug %}",
    "{% include 'accounts/profile.html' %}",
    "{{request.user.password}}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    '#panic("typst")',
    '#read("/etc/passwd")',
    "$ x^2 $",
    "%(password)s {0.__class__}",
]
FORMULAS = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\N{FULLWIDTH EQUALS SIGN}1",
    ),
    *('=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", '"=1+1', 'a,"=1"', ";=1+1", "|calc"),
    *("\N{FULLWIDTH PLUS SIGN}1", "\N{FULLWIDTH HYPHEN-MINUS}1", "\N{FULLWIDTH COMMERCIAL AT}1"),
]
FILENAMES = [
    *("../../etc/passwd.jpg", "..%2f..%2fx.jpg", "<img src=x onerror=alert(1)>.jpg"),
    *('"; rm -rf ;.jpg', "x\r\nSet-Cookie: a=b.jpg", "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe.jpg"),
    *("CON.jpg", ".htaccess", "=cmd|'calc'!A1.jpg", "{{7*7}}.jpg", "${7*7}.jpg", "%n%s.jpg"),
    *("أدلة ١.jpg", "a\\b.jpg", "a" * 250 + ".jpg"),
]


def big_list() -> list[str]:
    """The Big List of Naughty Strings, without what PostgreSQL cannot hold; none if it is away."""
    if not LIST.is_file():
        return []
    told = json.loads(LIST.read_text(encoding="utf-8"))
    return [text for text in told if text.strip() and "\0" not in text]


def naughty() -> list[str]:
    """Everything that people have been seen to type."""
    return [*SCRIPTS, *TEMPLATES, *FORMULAS, *big_list()]
