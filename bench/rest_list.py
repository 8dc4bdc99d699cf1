"""REST lists of fifty up to a million exhibits: the first page, the last, an order, and fields."""

from typing import Any

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report
from bench.items import A_ROUND, clients, fill

SIZES = (10_000, 1_000_000)
WAYS = {
    "plain": "/api/v1/items/",
    "five fields": "/api/v1/items/?fields=exhibit_no,kind,description,status",
    "with incidents": "/api/v1/items/?expand=incident",
    "by number": "/api/v1/items/?ordering=exhibit_no",
}


def main() -> None:
    with own_database():
        from bench._bare import mount

        mount()
        case, lead = enter_case(exhibits=20, incidents=2, photographs=0)
        paces: dict[int, dict[str, float]] = {}
        for size in SIZES:
            fill(case, size)
            analyse()
            paces[size] = measure(lead)
        small, large = (paces[size] for size in SIZES)
        for name in (*WAYS, "last page"):
            report(
                Row(
                    job=f"REST list of 50, {name}",
                    ours=large[name] * 1000,
                    baseline=small[name] * 1000,
                    unit="ms",
                    target="≤ 1.3",
                    against=f"at {SIZES[0]:,} rows",
                    note=f"at {SIZES[1]:,} rows",
                )
            )
        report(
            Row(
                job=f"REST list of 50 from {SIZES[1]:,}, beside bare DRF",
                ours=1 / large["plain"],
                baseline=1 / large["bare"],
                unit="lists/s",
                target="≥ 2",
                against="bare DRF, no access",
                note="one client, in process",
            )
        )


def measure(lead: Any) -> dict[str, float]:
    """Seconds for each way to see fifty of them."""
    browser, program = clients(lead)

    def ask(client: Any, address: str) -> None:
        for _time in range(A_ROUND):
            answer = client.get(address)
            assert answer.status_code == 200, answer.content[:300]

    ways = {name: (program, there) for name, there in WAYS.items()}
    ways["last page"] = (program, last_page(program))
    ways["bare"] = (browser, "/bare/bare-items/")
    taken = medians(
        {name: lambda to=to, there=there: ask(to, there) for name, (to, there) in ways.items()}
    )
    return {name: seconds / A_ROUND for name, seconds in taken.items()}


def last_page(program: Any) -> str:
    """The page before the first of the other direction, as who goes back from the end meets it."""
    first = program.get("/api/v1/items/?ordering=created_at").json()["results"][0]
    from base64 import b64encode
    from urllib.parse import urlencode

    there = b64encode(urlencode({"p": first["id"], "r": 1}).encode()).decode()
    return f"/api/v1/items/?{urlencode({'cursor': there})}"


if __name__ == "__main__":
    main()
