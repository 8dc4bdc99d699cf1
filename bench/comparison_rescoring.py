"""Scoring all links anew after the parameters changed.

COMPARISON_ROWS=100000 makes it smaller; there are as many links as components.
"""

import os
import random
import time
from dataclasses import replace
from itertools import islice
from typing import Any

from bench._case import own_database, owner
from bench._measure import Row, report
from bench._population import PER_INCIDENT, components
from bench._readings import fill
from bench.comparison_speed import scene

ROWS = int(os.environ.get("COMPARISON_ROWS", "1000000"))
SEED, ONE_BY_ONE = 20261129, 1_000
FREE = """DO $$ DECLARE held text; BEGIN
    FOR held IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'comparison_link'::regclass AND contype = 'f'
    LOOP EXECUTE format('ALTER TABLE comparison_link DROP CONSTRAINT %I', held); END LOOP;
    END $$"""
LINKS = """INSERT INTO comparison_link (id, created_at, updated_at, version, case_id, other_case_id,
        left_id, right_id, state, outcome, band, rank, found_by, place, alert, alert_cause,
        alert_reason, cross_theatre, explanation, parameters_version, fingerprint, proposed_at,
        examiners)
    SELECT gen_random_uuid(), now(), now(), 1, %(case)s, %(case)s, least(one, other),
        greatest(one, other), 'proposed', 'insufficient', 'insufficient-reference-data', 0,
        'other-values', 0, '', '', '', false, '{}', '', '', now(), 0
    FROM (SELECT component_id AS one, lag(component_id, apart) OVER alike AS other,
            incident_id <> lag(incident_id, apart) OVER alike AS elsewhere
        FROM comparison_reading, generate_series(1, 3) AS apart
        WINDOW alike AS (PARTITION BY apart, category, lot, counter ORDER BY serial_number))
    AS pair WHERE elsewhere ORDER BY random() LIMIT %(most)s ON CONFLICT DO NOTHING"""


def main() -> None:
    with own_database():
        case, incidents, theatres = scene(ROWS // PER_INCIDENT + 2)
        fill(case, incidents, theatres, components(ROWS, SEED))
        link_up(case)
        print(f"{ROWS:,} links, first scored: {round_of('bench-1'):,.0f} pairs/s", flush=True)
        finding(round_of("bench-2", lot_differs=0.79), one_by_one(), ROWS)


def link_up(case: str) -> None:
    """So many pairs of components that lie side by side in their numbering or their lot."""
    with owner() as cursor:
        cursor.execute(FREE)
        cursor.execute("ALTER TABLE comparison_link NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE comparison_reading NO FORCE ROW LEVEL SECURITY")
        cursor.execute(LINKS, {"case": case, "most": ROWS})
        cursor.execute("ALTER TABLE comparison_reading FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE comparison_link FORCE ROW LEVEL SECURITY")
        cursor.execute("VACUUM ANALYZE comparison_link")


def round_of(version: str, **changes: Any) -> float:
    """Pairs a second of one whole round under another version of the parameters."""
    from django.utils import timezone

    from accounts.models import User
    from comparison import services
    from comparison.methods.parameters import PARAMETERS
    from comparison.models import ParameterSet
    from comparison.services.rescoring import begin_rescoring

    parameters = replace(PARAMETERS, version=version, **changes)
    ParameterSet.objects.create(
        name=version,
        values=parameters.to_json(),
        reason="A bench",
        state=ParameterSet.State.ADOPTED,
        decided_by=User.objects.first(),
        decided_at=timezone.now(),
    )
    begun = begin_rescoring(parameters)
    began = time.perf_counter()
    services.rescore_all(begun)
    taken = time.perf_counter() - began
    print(f"  {version}: {begun.seen:,} seen, {begun.changed:,} changed in {taken:,.1f} s")
    return begun.seen / taken


def one_by_one() -> float:
    """Pairs a second if each link is loaded, scored and saved by itself."""
    from comparison.services.rescoring import rescore_links, undecided

    keys = list(islice(undecided().values_list("pk", flat=True), 20 * ONE_BY_ONE))
    chosen = random.Random(SEED).sample(keys, min(ONE_BY_ONE, len(keys)))
    began = time.perf_counter()
    for key in chosen:
        rescore_links([key])
    return len(chosen) / (time.perf_counter() - began)


def finding(ours: float, single: float, pairs: int) -> None:
    """The one row."""
    report(
        Row(
            job="links scored anew after the parameters changed",
            ours=ours,
            baseline=single,
            unit="pairs/s",
            target="≥ 20,000 pairs/s a worker",
            against="each by itself",
            note=f"{pairs:,} pairs, one process",
        )
    )


if __name__ == "__main__":
    main()
