"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from api.urls import api_of
from recalls.views import HomeView, SearchView

pages = [
    path("", HomeView.as_view(), name="home"),
    path("search/", SearchView.as_view(), name="search"),
    path("method/", TemplateView.as_view(template_name="method.html"), name="method"),
    path("", include("recalls.urls")),
    path("", include("suppliers.urls")),
    path("sources/", include("recalls.source_urls")),
]
urlpatterns = [*pages, path("api/v1/", include(api_of(pages))), path("admin/", admin.site.urls)]
