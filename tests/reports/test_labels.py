"""Labels: a machine reads back what is printed, and a corridor learns nothing it may not know."""

from io import BytesIO

import pytest
import typst
import zxingcpp
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from attribution import services as attribution
from core.errors import Refused
from core.markings import Handling
from evidence import services as evidence
from investigations.models import Label
from ledger.models import Entry
from reports.content.labels import labels_of, sheet_of
from reports.services import FONTS
from reports.services import report as services
from reports.typesetting.labels import GRIDS, files_of

PRINTER_DPI = 300


def address(key) -> str:
    return f"https://vestige.example/x/{key}/"


def words_of(item, reader):
    return labels_of([item], reader, address)[0]


def page(client, *items, **how):
    chosen = [str(item.pk) for item in items]
    return client.post(
        reverse("reports:labels"), {"item": chosen, "size": "21", "skip": "0", **how}
    )


def read_back(sheet, grid, skip=0) -> set[tuple[str, str]]:
    """The codes on the first page, drawn as a printer draws it."""
    bitmap = typst.compile(
        files_of(sheet, grid, skip, [FONTS]),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=PRINTER_DPI,
    )
    drawn = Image.open(BytesIO(bitmap[0] if isinstance(bitmap, list) else bitmap)).convert("L")
    return {(str(code.format), code.text) for code in zxingcpp.read_barcodes(drawn)}


@pytest.mark.parametrize("size", GRIDS)
def test_both_codes_of_a_printed_label_are_read_back(gyro, amal, size):
    sheet = sheet_of(labels_of([gyro], amal, address))
    assert read_back(sheet, GRIDS[size]) == {
        ("QR Code", address(gyro.pk)),
        ("Code 128", f"{gyro.case.ref}/{gyro.exhibit_no}"),
    }


def test_used_labels_of_a_sheet_are_left_alone(gyro, amal):
    labels = labels_of([gyro], amal, address) * 21
    with_room = services.typeset_labels(sheet_of(labels), GRIDS["21"], skip=0, fonts=[FONTS])
    pushed = services.typeset_labels(sheet_of(labels), GRIDS["21"], skip=1, fonts=[FONTS])
    assert len(PdfReader(BytesIO(with_room)).pages) == 1
    assert len(PdfReader(BytesIO(pushed)).pages) == 2


def test_a_number_that_bars_cannot_carry_has_the_square_code_alone(night_raid, strike, gyro, amal):
    odd = evidence.log_item(
        night_raid, by=amal, incident=strike, kind=gyro.kind, description="?", exhibit_no="قطعة-7"
    )
    sheet = sheet_of(labels_of([odd], amal, address))
    assert read_back(sheet, GRIDS["21"]) == {("QR Code", address(odd.pk))}


def test_a_label_tells_number_dangers_and_seal(gyro, amal):
    evidence.seal_item(gyro, seal_no="S-448101", by=amal)
    gyro.refresh_from_db()
    gyro.hazards = ["live-EO"]
    told = words_of(gyro, amal)
    assert told["above"] == gyro.case.ref
    assert told["number"] == "EV-0001"
    assert told["hazards"] == ["live explosive ordnance"]
    assert told["seal"] == "Seal S-448101"
    assert told["marking"] == "TLP:AMBER"
    assert gyro.case.title not in str(told)


@pytest.mark.parametrize(
    "strict", [{"tlp": "red"}, {"clearance": 1}, {"compartments": frozenset({"SOURCE"})}]
)
def test_what_few_may_read_is_not_told_on_the_shelf(gyro, amal, strict):
    assert words_of(gyro, amal)["title"] == gyro.description
    gyro.label = Label.for_handling(Handling(**strict))
    assert words_of(gyro, amal)["title"] == "Description withheld"


def test_nobody_is_named_on_a_label_before_a_finding(night_raid, gyro, amal):
    attribution.enter_actor(night_raid, by=amal, name="Harbour Brigade", kind="armed-group")
    gyro.description = "Gyroscope of the Harbour Brigade"
    assert "Brigade" not in words_of(gyro, amal)["title"]


def test_each_printing_is_a_line_of_each_exhibit(client, gyro, amal):
    client.force_login(amal)
    for _each in range(2):
        answer = page(client, gyro)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    acts = list(Entry.objects.about(gyro).values_list("act", flat=True))
    assert acts.count("reports.label_printed") == 2


def test_whoever_may_not_hold_evidence_prints_no_label(client, gyro, rami, omar):
    client.force_login(rami)
    assert page(client, gyro).status_code == 403
    client.force_login(omar)
    assert page(client, gyro).status_code == 422
    assert not Entry.objects.about(gyro).filter(act="reports.label_printed").exists()


def test_more_used_labels_than_a_sheet_has_are_refused(gyro, amal):
    with pytest.raises(Refused, match="8 labels"):
        services.print_labels([gyro], by=amal, size="8", skip=8, address=address)


def test_an_incident_is_labelled_at_once(client, gyro, strike, amal):
    client.force_login(amal)
    shown = client.get(reverse("reports:labels"), {"incident": str(strike.pk)})
    assert shown.context["items"] == [gyro]
    assert client.get(reverse("reports:labels"), {"item": "'; --"}).context["items"] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheets_are_set_in_both_languages(gyro, amal, language):
    from django.utils import translation

    with translation.override(language):
        pdf = services.print_labels([gyro], by=amal, size="8", skip=0, address=address)
    assert "EV-0001" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
