from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from staff.second_factor import remove


class Command(BaseCommand):
    """For who has lost both the phone and the recovery codes."""

    help = "Leave a member of staff without a second factor, so that they can set up another."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        if not remove(user):
            raise CommandError(f"{username} has no second factor.")
        self.stdout.write(f"{username} has no second factor any more.")
