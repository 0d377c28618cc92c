"""Regions and regulators."""

from recalls.models import Region, Regulator


def add_region(loading, code, **values):
    loading.add(Region, code, {"code": code, **values}, [["code"], ["name"]])


def add_regulator(loading, slug, **values):
    loading.add(Regulator, slug, {"slug": slug, **values}, [["slug"], ["abbreviation"]])


SECTIONS = {"regions": add_region, "regulators": add_regulator}
