"""The matrix of a case: page, sheet and REST at 50 rows, 8 hypotheses and 6 analysts."""

from typing import Any

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report
from bench.items import clients

ROWS, COLUMNS, ANALYSTS = 50, 8, 6
A_ROUND = 5
RATINGS = ("CC", "C", "N", "I", "II", "NA")


def fill(case: Any, lead: Any) -> None:
    """Claims as rows, rivals as columns, and everybody's sheet handed in with reasons."""
    from accounts.models import User
    from attribution import services
    from investigations import services as investigations

    incident = case.incident_rows.first()
    for number in range(COLUMNS - 2):
        services.propose_hypothesis(
            case,
            by=lead,
            statement=f"Group {number} launched it.",
            refuted_by="A record of the group elsewhere on that night.",
        )
    for number in range(ROWS):
        claim = services.enter_claim(
            case,
            by=lead,
            incident=incident,
            text=f"Something was seen at {number} past three.",
            citation=f"Paper {number}",
        )
        services.add_matrix_row(case, claim, by=lead)
    analysts = [lead]
    for number in range(ANALYSTS - 1):
        analyst = User.objects.create_user(f"analyst{number}", agency=lead.agency)
        investigations.admit_member(case, analyst, roles=["analyst"], by=lead)
        analysts.append(analyst)
    matrix = services.read_matrix(case, lead)
    rows, columns = matrix.rows, matrix.hypotheses
    for number, analyst in enumerate(analysts):
        given = {
            (row.pk, column.pk): (RATINGS[(number + line + at) % 6], "It was dark by then.")
            for line, row in enumerate(rows)
            for at, column in enumerate(columns)
        }
        services.hand_in_sheet(case, by=analyst, version=0, ratings=given)


def main() -> None:
    with own_database():
        case, lead = enter_case(exhibits=2, incidents=1, photographs=0)
        fill(case, lead)
        analyse()
        browser, program = clients(lead)

        def ask(client: Any, address: str) -> None:
            for _time in range(A_ROUND):
                answer = client.get(address)
                assert answer.status_code == 200, answer.content[:300]

        taken = medians(
            {
                "page": lambda: ask(browser, f"/cases/{case.pk}/matrix/"),
                "sheet": lambda: ask(browser, f"/cases/{case.pk}/matrix/sheet/"),
                "REST": lambda: ask(program, f"/api/v1/matrices/{case.pk}/"),
                "bare": lambda: ask(browser, f"/cases/{case.pk}/claims/"),
            }
        )
        for name in ("page", "sheet", "REST"):
            report(
                Row(
                    job=f"matrix of rival hypotheses, {name}",
                    ours=taken[name] / A_ROUND * 1000,
                    baseline=taken["bare"] / A_ROUND * 1000,
                    unit="ms",
                    target="≤ 150 ms",
                    against="list of the same claims",
                    note=f"{ROWS} rows, {COLUMNS} hypotheses, {ANALYSTS} analysts",
                )
            )


if __name__ == "__main__":
    main()
