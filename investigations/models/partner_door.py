"""By which doors partners are shown something of a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerDoor(models.TextChoices):
    """How records went to a partner; `opened` is the page of one record."""

    OPENED = "opened", _("record opened")
    PAGE = "page", _("shown on a record's page")
    LIST = "list", _("list")
    SEARCH = "search", _("search")
    REST = "rest", _("REST")
    FEED = "feed", _("feed of changes")
    SNAPSHOT = "snapshot", _("snapshot")
    TAXII = "taxii", _("TAXII")
    EXPORT = "export", _("export of a table")
    FILE = "file", _("file")
    PICTURE = "picture", _("small picture")
    BUNDLE = "bundle", _("bundle")
    SHIPMENT = "shipment", _("shipment")
