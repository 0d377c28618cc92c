"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from recalls.views import HomeView, SearchView

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("search/", SearchView.as_view(), name="search"),
    path("method/", TemplateView.as_view(template_name="method.html"), name="method"),
    path("", include("recalls.urls")),
    path("", include("suppliers.urls")),
    path("sources/", include("recalls.source_urls")),
    path("admin/", admin.site.urls),
]

handler500 = "config.requests.server_error"
