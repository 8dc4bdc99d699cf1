"""Addresses of the attribution room."""

from django.urls import URLPattern

app_name = "attribution"
urlpatterns: list[URLPattern] = []
