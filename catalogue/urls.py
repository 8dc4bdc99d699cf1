"""Addresses of the reference library."""

from django.urls import path

from catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("reference/", views.weapon_list, name="weapon_list"),
    path("reference/export/", views.weapon_export, name="weapon_export"),
    path("reference/new/", views.weapon_enter, name="weapon_enter"),
    path("reference/<uuid:model_id>/", views.weapon_detail, name="weapon_detail"),
    path("reference/<uuid:model_id>/review/", views.weapon_review, name="weapon_review"),
    path("laboratories/", views.laboratory_list, name="laboratory_list"),
    path("laboratories/export/", views.laboratory_export, name="laboratory_export"),
    path("laboratories/new/", views.laboratory_enter, name="laboratory_enter"),
    path("laboratories/<uuid:laboratory_id>/", views.laboratory_edit, name="laboratory_edit"),
]
