"""What was frozen with each link says how it was found; the indexes are built beside others' work.

A batch is a transaction, and one that was filled before comes out the same: it can be begun again.
"""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from comparison.methods.assessment import Row
from comparison.methods.found_by import found_by, place_in_queue
from core.scope import system_scope

A_BATCH = 2_000
CURRENT = ~models.Q(state="superseded")
FILL = """UPDATE comparison_link AS link SET found_by = told.found_by, place = told.place
    FROM unnest(%s::uuid[], %s::varchar[], %s::float8[]) AS told(id, found_by, place)
    WHERE link.id = told.id"""


def fill(apps, schema_editor):
    """Every link, in the order of their ids."""
    links, last = apps.get_model("comparison", "Link").objects.order_by("pk"), None
    with system_scope("a column that is new is filled for every row"):
        while True:
            rest = links.filter(pk__gt=last) if last else links
            batch = list(rest.values_list("pk", "explanation", "rank")[:A_BATCH])
            if not batch:
                return
            columns = [list(column) for column in zip(*map(told_of, batch), strict=True)]
            schema_editor.execute(FILL, columns)
            last = batch[-1][0]


def told_of(link):
    """One link's columns."""
    key, frozen, rank = link
    way = found_by(map(Row.from_json, frozen.get("rows", ())), frozen.get("alerts", ()))
    return key, way.value, place_in_queue(way, rank)


class Migration(migrations.Migration):
    atomic = False

    dependencies: ClassVar = [("comparison", "0004_found_by")]

    operations: ClassVar = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="link",
            index=models.Index(fields=["-place", "-id"], name="link_in_queue", condition=CURRENT),
        ),
        AddIndexConcurrently(
            model_name="link",
            index=models.Index(
                fields=["found_by", "-place", "-id"], name="link_found_by", condition=CURRENT
            ),
        ),
    ]
