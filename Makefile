# make run     the site with its sample data on http://localhost:8000 (PORT=9000 for another port)
# make serve   as in production: gunicorn, no DEBUG; needs SECRET_KEY, PUBLIC_URL and DATABASE_URL, and a migrated database
# make staff   an account for the admin
# make test    the tests, on a throw-away database (ARGS="-k csv" for some of them)
# make check   linter, formatter, missing migrations and translations, Django's deploy check
# make check-all  check, and all tests, the long ones too
# make bench   how fast it is, against a yardstick of the same run (ROWS=100000 for a quick look)
# make backup  one file of the whole database, into backups/ (TO=elsewhere), read back before it counts
# make restore FILE=backups/…  a backup into an empty database
# make screenshots  pictures of every page, light, dark and on a phone, into screenshots/
# make audit   known faults of the packages that are installed, where their list can be reached
# make lock    the pinned requirements from pyproject.toml (ARGS=--upgrade for newer versions)
#
# Needs make and Python 3.11 or newer (PYTHON=python3.12 names one). The database comes with the requirements;
# DATABASE_URL=postgres://user:password@host/name takes a server of your own; OWNER_DATABASE_URL is for migrating.

PYTHON ?= python3
PORT ?= 8000
MANAGE = .venv/bin/python manage.py
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes
MAKEFLAGS += --no-print-directory

.PHONY: run serve staff test check check-all screenshots bench backup restore audit lock python installed installed-tests

run: export PUBLIC_URL ?= http://localhost:$(PORT)
run: installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_exchange_rates --if-newer
	@$(MANAGE) load_sample_data --if-empty
	@echo "Open $(PUBLIC_URL)/ in a browser; Ctrl-C stops."
	@echo "The admin is at $(PUBLIC_URL)/admin/; 'make staff' in another terminal makes an account for it."
	@$(MANAGE) runserver $(PORT)

serve: export DEBUG = 0
serve: export PORT := $(PORT)
serve: installed
	@$(MANAGE) check >/dev/null
	@$(MANAGE) migrate --check --verbosity 0 || { echo "The database lacks migrations: run manage.py migrate."; exit 1; }
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@exec .venv/bin/gunicorn --config config/serving.py config.wsgi

staff: installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

test: installed-tests
	@.venv/bin/python -m pytest --numprocesses logical --dist loadfile $(ARGS)

check-all: installed-tests
	@$(MAKE) check
	@.venv/bin/python -m pytest -m '' --numprocesses logical --dist loadfile $(ARGS)

check: installed-tests
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(MANAGE) makemigrations --check --dry-run
	@.venv/bin/python -m config.words check
	@SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_hex(50))') \
		DEBUG=0 PUBLIC_URL=https://recalls.example DATABASE_URL=embedded \
		$(MANAGE) check --deploy --fail-level WARNING

screenshots: installed-tests
	@.venv/bin/python -m pytest tests/screenshots.py -q

ROWS ?= 1000000
bench: installed
	@.venv/bin/python -m bench --rows $(ROWS) $(ARGS)

TO ?= backups
backup: installed
	@.venv/bin/python -m config.backups make "$(TO)"

restore: installed
	@.venv/bin/python -m config.backups restore "$(FILE)"

audit: .venv-audit/installed
	@.venv-audit/bin/python -m config.audit

.venv-audit/installed: config/audit-requirements.txt python
	@test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

COMPILE = .venv/bin/uv pip compile --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header
lock: installed
	@.venv/bin/python -m pip install --quiet uv
	@$(COMPILE) $(ARGS) pyproject.toml -o requirements.txt >/dev/null
	@$(COMPILE) $(ARGS) --group test -c requirements.txt -o tests/requirements.txt >/dev/null
	@$(COMPILE) $(ARGS) --group pyproject.toml:audit -o config/audit-requirements.txt >/dev/null

# Two makes at a time must not install into one .venv: the second waits here for the first.
ALONE = $(PYTHON) -c 'import fcntl, subprocess, sys; makefile = open("Makefile"); \
	fcntl.flock(makefile, fcntl.LOCK_EX); sys.exit(subprocess.call(sys.argv[1:]))'

installed: python
	@$(ALONE) $(MAKE) --silent .venv/installed

installed-tests: python
	@$(ALONE) $(MAKE) --silent .venv/installed-tests

.venv/installed: requirements.txt .venv/made
	@echo "Installing the requirements into .venv"
	@$(PIP) -r $<
	@touch $@

.venv/installed-tests: tests/requirements.txt .venv/installed
	@echo "Installing the tests' requirements into .venv"
	@$(PIP) -r $<
	@touch $@

.venv/made:
	@$(PYTHON) -m venv --clear .venv
	@touch $@

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is too old: name Python 3.11 or newer, as in  make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module: install it (Debian and Ubuntu: apt install python3-venv)."; exit 1; }
