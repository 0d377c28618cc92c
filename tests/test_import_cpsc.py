"""CPSC's files by the command, from the file to the batch."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recalls.models import ImportRun, RecallBatch
from tests import cpsc_records

pytestmark = pytest.mark.django_db
