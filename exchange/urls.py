"""Addresses of what other programs need to know."""

from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [path("api/", views.api_reference, name="api_reference")]
