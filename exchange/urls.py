"""Addresses of what other programs need to know."""

from django.urls import path

from exchange.views import key, reference

app_name = "exchange"
urlpatterns = [
    path("api/", reference.api_reference, name="api_reference"),
    path("profile/keys/", key.key_list, name="key_list"),
]
