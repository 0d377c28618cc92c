from django.contrib import admin

from evidence.publishing import RecordAdmin
from recalls.models import SavedView


@admin.register(SavedView)
class SavedViewAdmin(RecordAdmin):
    """Who may publish decides which of them everybody sees."""

    list_display = ["name", "address", "is_shown", "saved_by", "saved_at"]
    list_filter = ["is_shown"]
    list_select_related = ("saved_by",)
    search_fields = ["name", "address"]
    fields = ["name", "address", "is_shown", "saved_by", "saved_at"]
    public_when = "is_shown"

    def get_readonly_fields(self, request, obj=None):
        own = [] if self.has_publish_permission(request) else ["is_shown"]
        return ["saved_by", "saved_at", *own]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.saved_by = request.user
        super().save_model(request, obj, form, change)
