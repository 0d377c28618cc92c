from django.contrib import admin

from evidence.publishing import RecordAdmin
from recalls.models import JointGroup, Region, Regulator


@admin.register(JointGroup)
class JointGroupAdmin(RecordAdmin):
    search_fields = ["name"]
    public_when = "batches__is_published"


@admin.register(Regulator)
class RegulatorAdmin(RecordAdmin):
    list_display = ["abbreviation", "name", "region"]
    list_filter = ["region"]
    list_select_related = ("region",)
    search_fields = ["abbreviation", "name", "slug"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    fields = [("abbreviation", "name"), "slug", "region"]
    public_when = "batches__is_published"


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    list_display = ["name", "code", "currency"]
    search_fields = ["name", "code"]
    fields = ["name", ("code", "currency")]
    public_when = "batches__is_published"
