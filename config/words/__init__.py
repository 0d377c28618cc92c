"""The words of the interface and their translations (docs/translating.md).

    python -m config.words update          new strings into the .po files, gone ones out of them
    python -m config.words update recalls  the same of one folder
    python -m config.words check           what is not translated, not certain, or not in the files
    python -m config.words compile         .mo files, as Django reads them, of all .po files that are newer

Babel does what the gettext programs would, which no machine needs then; Django's own `templatize` shows it what is
marked in a template. django-babel and enmerkar, which join the two, have not been kept for years.
"""
