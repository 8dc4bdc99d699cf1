"""Addresses of the comparison room."""

from django.urls import path

from comparison import views

app_name = "comparison"
urlpatterns = [
    path("comparisons/", views.link_list, name="link_list"),
    path("comparisons/csv/", views.link_export, name="link_export"),
    path("comparisons/<uuid:link_id>/", views.link_detail, name="link_detail"),
    path("comparisons/<uuid:link_id>/judge/", views.link_judge, name="link_judge"),
    path("comparisons/<uuid:link_id>/alarm/", views.alarm_resolve, name="alarm_resolve"),
]
