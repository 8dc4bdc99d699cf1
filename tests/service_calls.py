"""Reads the services of a room as text: which functions write, record, and call one another."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

WRITE_METHODS = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
HARMLESS = ("super()", "services.", "storages[", "originals", "derived", "image", "picture")
RECORD = {"record", "record_lines", "record_many"}


@dataclass
class Service:
    """One function of a room's services."""

    name: str
    takes_by: bool
    writes: bool
    records: bool
    calls: set[str]
    callers: list["Service"] = field(default_factory=list)
    callees: list["Service"] = field(default_factory=list)

    @property
    def reaches_record(self) -> bool:
        """True when it writes a line, or calls something of its room that does."""
        return self._reaches(set())

    def _reaches(self, seen: set[str]) -> bool:
        if self.records:
            return True
        seen.add(self.name)
        return any(callee._reaches(seen) for callee in self.callees if callee.name not in seen)


def services_of(root: Path, room: str) -> list[Service]:
    """Every function on the services floor of `room`, joined to its callers."""
    files = [root / room / "services.py", *sorted((root / room / "services").glob("*.py"))]
    services: dict[str, Service] = {}
    for file in files:
        if file.exists():
            for node in ast.parse(file.read_text()).body:
                if isinstance(node, ast.FunctionDef):
                    service = read(node, module_of(root, file))
                    services[service.name] = service
    join(services)
    return list(services.values())


def join(services: dict[str, Service]) -> None:
    """Join each to those it calls: of one name the one in its own module, or else every one."""
    named: dict[str, list[Service]] = {}
    for service in services.values():
        named.setdefault(service.name.rpartition(".")[2], []).append(service)
    for service in services.values():
        module = service.name.rpartition(".")[0]
        for name in service.calls & set(named):
            near = services.get(f"{module}.{name}")
            for called in [near] if near else named[name]:
                called.callers.append(service)
                service.callees.append(called)


def module_of(root: Path, file: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts)


def read(function: ast.FunctionDef, module: str) -> Service:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return Service(
        name=f"{module}.{function.name}",
        takes_by=any(argument.arg == "by" for argument in arguments),
        writes=any(is_write(call) for call in calls),
        records=any(called(call) in RECORD for call in calls),
        calls=names | {called(call) for call in calls},
    )


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def is_write(call: ast.Call) -> bool:
    """model.save(), Model.objects.create(…), rows.update(…), rows.delete()."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = ast.unparse(call.func.value)
    if receiver.startswith(HARMLESS):
        return False
    if call.func.attr in {*WRITE_METHODS, "delete"}:
        return True
    return call.func.attr == "update" and (".objects" in receiver or ".filter(" in receiver)
