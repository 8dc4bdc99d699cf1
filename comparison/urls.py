"""Addresses of the comparison room."""

from django.urls import URLPattern

app_name = "comparison"
urlpatterns: list[URLPattern] = []
