"""Pages of the admin on which staff import a spreadsheet of batches: upload, preview, result, template."""

from time import monotonic

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from history.telling import telling
from listing.languages import in_english
from listing.retelling import kept, retold
from recalls.models import SpreadsheetUpload
from recalls.spreadsheets import template
from recalls.spreadsheets.limits import LARGEST_FILE, MEGABYTE, MOST_ROWS, FileError
from recalls.spreadsheets.preview import Preview
from recalls.spreadsheets.report import refused_rows
from recalls.spreadsheets.runs import start
from recalls.spreadsheets.staging import preview_next, store
from recalls.spreadsheets.writing import NotWholeError, import_step

SECONDS = 5  # of work in one request: the page asks for the next by itself
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDER = "admin/recalls/recallbatch"
MODES = {"all": True, "good": False}
NOT_YET = _("The rows are still being looked at.")
SOME_REFUSED = _("Rows are refused: import the good ones, or mend the file and upload it again.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=format_lazy(
            _(
                "CSV or XLSX, up to {size} MB and {rows} rows. Nothing is imported before you have seen the preview."
            ),
            size=LARGEST_FILE // MEGABYTE,
            rows=f"{MOST_ROWS:,}",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
    )


class SpreadsheetPages:
    """The pages below the list of batches; `batch_admin` is the list's."""

    def __init__(self, batch_admin):
        self.batch_admin = batch_admin

    def urls(self):
        views = {
            "": (self.upload, "spreadsheets"),
            "template.csv": (self.template_csv, "spreadsheet_template_csv"),
            "template.xlsx": (self.template_xlsx, "spreadsheet_template_xlsx"),
            "<int:pk>/": (self.detail, "spreadsheet"),
            "<int:pk>/refused.csv": (self.refused, "spreadsheet_refused"),
        }
        return [
            path(f"spreadsheets/{address}", self._guarded(view), name=f"recalls_recallbatch_{name}")
            for address, (view, name) in views.items()
        ]

    def _guarded(self, view):
        def guarded(request, **kwargs):
            if not may_import(self.batch_admin, request):
                raise PermissionDenied
            return view(request, **kwargs)

        return self.batch_admin.admin_site.admin_view(guarded)

    def upload(self, request):
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                upload = store(file, file.name, request.user)
            except FileError as error:
                form.add_error("file", str(error))
            else:
                self._work(request, upload)
                return self._to(upload)
        recent = SpreadsheetUpload.objects.select_related("who", "run")[:10]
        return self._page(
            request, "spreadsheet_upload", gettext("Import a spreadsheet"), form=form, recent=recent
        )

    def detail(self, request, pk):
        upload = get_object_or_404(SpreadsheetUpload.objects.select_related("run", "who"), pk=pk)
        if request.method == "POST":
            self._decide(request, upload)
            return self._to(upload)
        return self._page(
            request,
            "spreadsheet_detail",
            upload.file_name,
            preview=Preview(upload, request.GET),
            upload=upload,
        )

    def _decide(self, request, upload):
        """Start the import that was chosen, or go on with what is under way."""
        mode = MODES.get(request.POST.get("import"))
        preview = Preview(upload, {})
        if mode is not None and upload.run is None:
            if not preview.is_ready:
                return messages.error(request, NOT_YET)
            if mode and preview.counts["refused"]:
                return messages.error(request, SOME_REFUSED)
            start(upload.pk, request.user, mode)
        self._work(request, upload)
        return None

    def _work(self, request, upload):
        """Some seconds of whatever is under way."""
        may_publish = self.batch_admin.has_publish_permission(request)
        upload.refresh_from_db()
        until = monotonic() + SECONDS
        try:
            with in_english():  # what is found is kept, and shown to others
                while monotonic() < until and self._step(upload, request.user, may_publish):
                    pass
        except NotWholeError as error:
            messages.error(request, retold(str(error)))

    def _step(self, upload, who, may_publish):
        if upload.run_id:
            with telling(why=kept(f"Spreadsheet, import run {upload.run_id}.")):
                return import_step(upload, who, may_publish)
        return preview_next(upload.pk, may_publish)

    def refused(self, request, pk):
        upload = get_object_or_404(SpreadsheetUpload, pk=pk)
        return StreamingHttpResponse(
            refused_rows(upload),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="refused-rows-{upload.pk}.csv"'},
        )

    def template_csv(self, request):
        with in_english():
            content = template.as_csv()
        return _file(content, "text/csv; charset=utf-8", "recall-batches.csv")

    def template_xlsx(self, request):
        with in_english():
            content = template.as_xlsx()
        return _file(content, XLSX, "recall-batches.xlsx")

    def _to(self, upload):
        return redirect("admin:recalls_recallbatch_spreadsheet", pk=upload.pk)

    def _page(self, request, name, title, **context):
        context |= {**self.batch_admin.admin_site.each_context(request), "title": title}
        context |= {"opts": self.batch_admin.opts, "explanations": template.explanations()}
        context["not_read"] = template.not_read()
        return render(request, f"{FOLDER}/{name}.html", context)


def may_import(batch_admin, request):
    return batch_admin.has_add_permission(request) and batch_admin.has_change_permission(request)


def _file(content, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
