"""Two people change one exhibit: the merge page, without scripts, on a telephone, in Arabic."""

import pytest
from playwright.sync_api import expect

from evidence import services
from evidence.models import Item

pytestmark = pytest.mark.browser
LOOKS = [(1440, "en", "light"), (1440, "en", "dark"), (390, "en", "light"), (390, "ar", "dark")]


@pytest.mark.parametrize(("width", "language", "theme"), LOOKS)
def test_each_field_is_chosen_without_scripts(
    open_as, gyro, amal, complaints, width, language, theme
):
    looks = {"language": language, "theme": theme}
    page = open_as(amal, f"/items/{gyro.pk}/edit/", width=width, scripts=False, **looks)
    page.locator("#id_description").fill("Gyroscope, standing upright, as Amal typed it")
    page.locator("#id_recovered_as_stated").fill("at dawn, said the guard")
    theirs = {"description": "Gyroscope in a cast housing, cracked", "mass_g": 812}
    services.amend_item(gyro, by=amal, version=gyro.version, **theirs)
    page.locator("form#form button[type=submit]").first.click()

    merge = page.locator("#differences")
    expect(merge.locator("fieldset")).to_have_count(3)
    expect(merge).to_contain_text("cracked")
    expect(merge).to_contain_text("as Amal typed it")
    assert merge.locator("[name=keep-mass_g][value=theirs]").is_checked()
    assert merge.locator("[name=keep-description][value=mine]").is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    merge.locator("[name=keep-description][value=theirs]").check()
    page.locator("form#form button[type=submit]").first.click()

    page.wait_for_url(f"**/items/{gyro.pk}/")
    item = Item.objects.get(pk=gyro.pk)
    assert (item.description, item.mass_g) == (theirs["description"], 812)
    assert item.recovered_as_stated == "at dawn, said the guard"
    complaints[:] = [each for each in complaints if "status of 409" not in each]
