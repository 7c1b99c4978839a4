"""What holds for every room, whatever it is about."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import allauth
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse

from common.models import TrackedModel

ROOT = settings.BASE_DIR
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
FLOORS = next(contract["layers"] for contract in CONTRACTS if "containers" not in contract)[::-1]  # lowest first
ROOMS = [name for name in FLOORS if name != "config"]
LONGEST_MODULE = 400
#: The one place that writes the history of what it changes in bulk.
KEEPS_HISTORY_IN_BULK = "common/many.py"
#: A template of ours that bears the name of one of these takes its place.
ALLAUTHS_TEMPLATES = Path(allauth.__file__).parent / "templates"
#: Named by Django itself (django.views.defaults).
ERROR_PAGES = {"403.html", "403_csrf.html", "404.html", "500.html"}
HISTORY_LINK = re.compile(r'url "common:history" "(\w+)" "(\w+)"')


def own_models():
    """The models of our rooms, without the historical twins that simple-history makes."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_config.name in ROOMS and not hasattr(model, "instance_type")
    ]


def foreign_keys():
    return [
        field for model in own_models() for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)
    ]


def floor(model):
    """The floor a model stands on; what comes from a library lies under the house."""
    room = model._meta.app_config.name
    return FLOORS.index(room) if room in FLOORS else -1


def python_files():
    folders = [*ROOMS, "config", "scripts", "tests"]
    return [ROOT / "manage.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]


def templates():
    """Every template under templates/, by the name it is loaded by."""
    folder = ROOT / "templates"
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_rooms_of_the_import_contract_are_the_installed_apps():
    installed = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}

    assert installed == set(ROOMS)


def test_a_foreign_key_points_to_the_same_floor_or_lower():
    upward = [str(field) for field in foreign_keys() if floor(field.related_model) > floor(field.model)]

    assert upward == []


def test_no_foreign_key_points_to_djangos_session():
    django_session = apps.get_model("sessions", "Session")

    assert [str(field) for field in foreign_keys() if field.related_model is django_session] == []


def test_every_foreign_key_protects_what_it_points_to():
    assert [str(field) for field in foreign_keys() if field.remote_field.on_delete is not models.PROTECT] == []


def test_every_foreign_key_has_a_name_for_the_way_back():
    assert [str(field) for field in foreign_keys() if not field.remote_field.related_name] == []


def test_what_has_a_page_knows_who_may_see_it():
    linked = {match for path in templates().values() for match in HISTORY_LINK.findall(path.read_text("utf-8"))}
    shown = [
        model
        for model in own_models()
        if issubclass(model, TrackedModel)
        and (hasattr(model, "get_absolute_url") or (model._meta.app_label, model._meta.model_name) in linked)
    ]

    assert len(shown) > 5
    assert [model.__name__ for model in shown if not hasattr(model.objects.all(), "visible_to")] == []


def test_every_history_link_leads_to_a_tracked_model():
    for path in templates().values():
        for room, name in HISTORY_LINK.findall(path.read_text("utf-8")):
            assert issubclass(apps.get_model(room, name), TrackedModel), f"{path}: {room}.{name}"
            assert reverse("common:history", args=[room, name, 1])


def test_every_template_is_used():
    texts = [path.read_text("utf-8") for path in [*templates().values(), *python_files()] if "tests" not in path.parts]

    unused = [
        name
        for name in templates()
        if name not in ERROR_PAGES
        and not (ALLAUTHS_TEMPLATES / name).exists()
        and not any(f'"{name}"' in text for text in texts)
    ]

    assert unused == []


def test_a_partial_begins_by_saying_what_it_is():
    """A frame, which extends another page, is no partial."""
    partials = {name: path.read_text("utf-8") for name, path in templates().items() if path.name.startswith("_")}

    assert [n for n, text in partials.items() if not text.startswith(("{# ", "{% extends"))] == []


def parsed_rooms():
    """(path, syntax tree) of every module of the rooms."""
    for path in python_files():
        if path.relative_to(ROOT).parts[0] in ROOMS and "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def test_a_status_is_never_set_beside_the_one_door():
    beside = [
        f"{path}:{node.lineno}"
        for path, tree in parsed_rooms()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute) and target.attr == "status" for target in node.targets)
    ]

    assert beside == []


def test_a_tracked_model_is_never_changed_in_bulk():
    """`update` and plain `bulk_*` leave no history."""
    queries, without_history = ("objects", "filter(", "exclude(", "all()"), ("update", "bulk_create", "bulk_update")
    untracked = {model.__name__ for model in own_models() if not issubclass(model, TrackedModel)}
    in_bulk = [
        f"{path}:{node.lineno} {ast.unparse(node.func)}"
        for path, tree in parsed_rooms()
        if path != KEEPS_HISTORY_IN_BULK
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in without_history
        and any(query in ast.unparse(node.func.value) for query in queries)
        and ast.unparse(node.func).split(".")[0] not in untracked - {"User"}
    ]

    assert in_bulk == []


def test_what_is_locked_is_named_where_other_records_are_read_with_it():
    """PostgreSQL would lock those as well: who saves a draft would keep the whole agency waiting."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in python_files()
        if ROOT / "tests" not in path.parents
        for line in path.read_text(encoding="utf-8").splitlines()
        if "select_for_update()" in line and ".select_related(" in line
    ]

    assert found == []


def test_no_module_is_long():
    long = {
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if "migrations" not in path.parts and len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE
    }

    assert long == set()


def test_a_module_begins_with_a_sentence():
    without = [
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if "migrations" not in path.parts
        and path.name not in ("apps.py", "__init__.py")
        and not path.read_text("utf-8").removeprefix("#!/usr/bin/env python\n").startswith('"""')
    ]

    assert without == []


def test_forms_name_several_records_by_the_field_that_bears_any_number():
    direct = [
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if "forms.ModelMultipleChoiceField(" in path.read_text("utf-8") and "tests" not in path.parts
    ]

    assert direct == []


def test_every_folder_of_tests_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}

    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_package_responses_is_not_installed():
    """It would hide our room of that name."""
    names = {distribution.metadata["Name"].lower() for distribution in metadata.distributions()}

    assert "responses" not in names
    assert "django" in names
