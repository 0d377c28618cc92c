"""The site's addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from api.description import DocumentationView
from api.urls import api_of, described
from recalls.views import HomeView, SearchView


class FaviconView(RedirectView):
    """For who asks for it by its old address instead of reading the page."""

    def get_redirect_url(self):
        return static("favicon.ico")


pages = [
    path("", HomeView.as_view(), name="home"),
    path("search/", SearchView.as_view(), name="search"),
    path("method/", TemplateView.as_view(template_name="method.html"), name="method"),
    path("", include("recalls.urls")),
    path("", include("suppliers.urls")),
    path("sources/", include("recalls.source_urls")),
]
api_patterns = api_of(pages)
in_all_languages = [
    *pages,
    path("api/v1/", DocumentationView.as_view(views=api_patterns), name="api_documentation"),
    path("admin/", admin.site.urls),
]
urlpatterns = [
    *i18n_patterns(*in_all_languages, prefix_default_language=False),
    path("", include("api.sitemaps")),
    path("api/v1/", include(described(api_patterns))),
    path("favicon.ico", FaviconView.as_view(), name="favicon"),
]

handler500 = "config.requests.server_error"
