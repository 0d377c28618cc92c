"""An admin that asks for the second factor.

It is made before the models are there, so what needs them is imported where it is used.
"""

from functools import update_wrapper

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache


class GuardedSite(AdminSite):
    @property
    def login_form(self):
        from staff.forms import SignInForm

        return SignInForm

    def get_urls(self):
        own = [
            path("second-factor/", never_cache(self.second_factor), name="second_factor"),
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(self.on_site),
                name="view_on_site",
            ),
        ]
        return [*own, *super().get_urls()]

    def on_site(self, request, content_type_id, object_id):
        """To a record's public page, whose address has its name: only for who may view the record here."""
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        kind = ContentType.objects.filter(pk=content_type_id if content_type_id.isdecimal() else 0).first()
        if kind and not request.user.has_perm(f"{kind.app_label}.view_{kind.model}"):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def second_factor(self, request):
        from staff.pages import second_factor

        return second_factor(self, request)

    def is_of_staff(self, request):
        return super().has_permission(request)

    def has_permission(self, request):
        """Staff who have shown their second factor, or have none and need none."""
        return self.is_of_staff(request) and (
            request.user.is_verified() or not (settings.REQUIRE_SECOND_FACTOR or _has_factor(request.user))
        )

    def admin_view(self, view, cacheable=False):
        checked = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if self.has_permission(request) or not self.is_of_staff(request):
                return checked(request, *args, **kwargs)
            if request.path == reverse("admin:logout"):
                return self.logout(request)
            if _has_factor(request.user):
                return checked(request, *args, **kwargs)
            return redirect("admin:second_factor")

        return update_wrapper(guarded, checked)


def _has_factor(user):
    from staff.second_factor import device_of

    return device_of(user) is not None
