"""Accounts of staff and their groups, with their history."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from history.admin import RecordedAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class RecordedUserAdmin(UserAdmin, RecordedAdmin):
    pass


@admin.register(Group)
class RecordedGroupAdmin(GroupAdmin, RecordedAdmin):
    pass
