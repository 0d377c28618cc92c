"""What an administrator sees of sign-ins: who has a second factor, and who could not get in."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.models import FailedSignIn

admin.site.unregister(TOTPDevice)  # django-otp's own form shows the secret


class LookOnlyAdmin(admin.ModelAdmin):
    """Rows to read and to delete."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(TOTPDevice)
class TOTPDeviceAdmin(LookOnlyAdmin):
    """Deleting one lets its user sign in without it, and set up another."""

    list_display = ["user", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = ["user", "created_at", "last_used_at"]


@admin.register(FailedSignIn)
class FailedSignInAdmin(LookOnlyAdmin):
    """Deleting them lets the account, or the address, try again at once."""

    list_display = ["account", "address", "at"]
    search_fields = ["account", "address"]
