"""The admin under the product's name, with what is entered most at the top."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.messages.storage import default_storage
from django.core.exceptions import BadRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from evidence.refusals import is_id
from listing.deadlocks import until_through
from staff.site import GuardedSite

FIRST = ["recalls", "suppliers", "evidence"]
LOOKUPS = ("exact", "isnull", "gte", "lt", "year", "month", "day")
DATE_PARTS = ("__year", "__month", "__day")
YEAR_DIGITS = 4
KEY = "id"  # which all our links between records end at


class StaffAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS in place of `django.contrib.admin`."""

    default_site = "recalls.staff_site.StaffSite"


class StaffSite(GuardedSite):
    site_header = _("Recall incident tracker: staff")
    site_title = _("Recall incident tracker")
    index_title = _("What do you want to enter?")
    enable_nav_sidebar = False  # it would take the room that the lists need

    def get_urls(self):
        return [path("to-do/", self.admin_view(self.to_do), name="to_do"), *super().get_urls()]

    def index(self, request, extra_context=None):
        tasks = tasks_of(request)
        waiting = [task for task in tasks if task.count]
        return super().index(request, {"waiting": waiting, "may_act": bool(tasks), **(extra_context or {})})

    def to_do(self, request):
        """All that waits for this member of staff."""
        context = {**self.each_context(request), "title": _("To do"), "tasks": tasks_of(request)}
        return TemplateResponse(request, "admin/to_do.html", context)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self._place)
        order = {label: place for place, label in enumerate(FIRST)}
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def _place(self, entry):
        """The order in which the admins are registered, which their modules declare."""
        return list(self._registry).index(entry["model"])

    def admin_view(self, view, cacheable=False):
        def guarded(request, *args, **kwargs):
            refuse_garbage(request)
            return until_through(lambda: answered(request, view, *args, **kwargs))

        return super().admin_view(guarded, cacheable)


def answered(request, view, *args, **kwargs):
    """The answer of a view that may have been asked before: files are read, and messages left, from the beginning."""
    for file in request.FILES.values():
        file.seek(0)
    request._messages = default_storage(request)
    return view(request, *args, **kwargs)


def tasks_of(request):
    from recalls import to_do  # models, which are not there yet when the site is made

    return to_do.tasks_of(request.user)


def refuse_garbage(request):
    """Answer 400 to what no page of ours sends: it would otherwise reach the database and fail there."""
    asked = [(name, text) for name, texts in request.GET.lists() for text in texts]
    fine = [
        "\x00" not in request.path,
        all(name.split("__")[-1] in LOOKUPS for name, _ in asked if "__" in name),
        all("\x00" not in text for _, text in asked),
        all(len(text) <= YEAR_DIGITS for name, text in asked if name.endswith(DATE_PARTS)),
        all(is_id(text) for text in request.POST.getlist(ACTION_CHECKBOX_NAME)),
        {*request.GET.getlist(TO_FIELD_VAR), *request.POST.getlist(TO_FIELD_VAR)} <= {KEY},
    ]
    if not all(fine):
        raise BadRequest(_("This request holds something that no page of ours sends."))
