"""The three groups of staff, made by every `migrate` and kept in line with the models."""

from django.apps import apps as installed
from django.db.models import Q

POWERS = {
    "reader": ["view"],
    "recall editor": ["view", "add", "change"],
    "publisher": ["view", "add", "change", "delete", "publish", "merge"],
}


def keep_groups(app_config, using, apps=installed, **kwargs):
    """Give each group what it may do with the models of one app; what else it has been given stays."""
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # migrating one app only, before auth has its tables
        return
    permissions = permission_model.objects.using(using).filter(content_type__app_label=app_config.label)
    for name, actions in POWERS.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions.filter(_any_of(actions)))


def _any_of(actions):
    condition = Q()
    for action in actions:
        condition |= Q(codename__startswith=f"{action}_")
    return condition
