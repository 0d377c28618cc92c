"""Which tables have a history: all of these apps' but those named here, each with its reason."""

from django.apps import apps

APPS = ("evidence", "suppliers", "recalls", "auth", "otp_totp", "staff")

STAGED = "a file on its way in, removed after a week; what it changes has its own history"
NOT_KEPT = {
    "recalls.SpreadsheetUpload": STAGED,
    "recalls.SpreadsheetRow": STAGED,
    "recalls.SpreadsheetCell": STAGED,
    "recalls.NoticeRecord": "itself a history: each version of a raw record stays as it came",
    "recalls.ExchangeRate": "a copy of the European Central Bank's own published file",
    "staff.FailedSignIn": "names and addresses of strangers, who would never be forgotten; removed after a month",
}

# Columns that other columns or rows decide, beside the generated ones: no version by themselves, nor part of one.
DERIVED = {
    "auth.User": ["last_login"],
    "otp_totp.TOTPDevice": [  # what each code that is typed leaves behind
        "drift",
        "last_t",
        "last_used_at",
        "throttling_failure_count",
        "throttling_failure_timestamp",
    ],
}

# A version tells that such a column was changed, never what it held.
SECRET = {
    "auth.User": ["password"],
    "otp_totp.TOTPDevice": ["key"],
    "staff.RecoveryCode": ["digest"],
}


def kept_models():
    """The models whose tables have a history; those of plain many-to-many links are among them."""
    models = [
        model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return [model for model in models if is_kept(model)]


def is_kept(model):
    options = model._meta
    return (
        options.managed and not options.proxy and options.app_label in APPS and options.label not in NOT_KEPT
    )


def derived_columns(model):
    generated = [field.column for field in model._meta.concrete_fields if field.generated]
    return sorted([*generated, *DERIVED.get(model._meta.label, [])])


def secret_columns(model):
    return SECRET.get(model._meta.label, [])
