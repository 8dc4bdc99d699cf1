"""Mounts the TAXII 2.1 server; a request to anything else beneath its address finds nothing."""

from django.urls import path

from exchange.api import TaxiiViewSet

ROOT = "cases/"
COLLECTION = f"{ROOT}collections/<uuid:group>/"
OBJECT = f"{COLLECTION}objects/<str:stix_id>/"

app_name = "taxii"
urlpatterns = [
    path("", TaxiiViewSet.as_view({"get": "discovery"}), name="discovery"),
    path(ROOT, TaxiiViewSet.as_view({"get": "root"}), name="root"),
    path(f"{ROOT}collections/", TaxiiViewSet.as_view({"get": "collections"}), name="collections"),
    path(COLLECTION, TaxiiViewSet.as_view({"get": "collection"}), name="collection"),
    path(f"{COLLECTION}manifest/", TaxiiViewSet.as_view({"get": "manifest"}), name="manifest"),
    path(f"{COLLECTION}objects/", TaxiiViewSet.as_view({"get": "objects"}), name="objects"),
    path(OBJECT, TaxiiViewSet.as_view({"get": "one"}), name="object"),
    path(f"{OBJECT}versions/", TaxiiViewSet.as_view({"get": "versions"}), name="versions"),
]
