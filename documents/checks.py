"""System checks: what letters need from the machine."""

from ctypes.util import find_library
from pathlib import Path

from django.core.checks import Error, Warning, register

_FONT_FOLDERS = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
]
_FACES = ["Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"]


@register
def check_libraries(app_configs, **kwargs):
    """Pango draws the letters; without HarfBuzz's subsetter every letter takes three times as long."""
    found = []
    if not find_library("pango-1.0") or not find_library("pangoft2-1.0"):
        found.append(
            Error("Pango is missing.", hint="Install libpango-1.0-0 and libpangoft2-1.0-0.", id="documents.E001")
        )
    if not find_library("harfbuzz-subset"):
        found.append(Warning("Letters will print slowly.", hint="Install libharfbuzz-subset0.", id="documents.W001"))
    return found


@register
def check_fonts(app_configs, **kwargs):
    """Letters are set in Tinos: Times New Roman's metrics, all Vietnamese letters."""
    files = {path.name for folder in _FONT_FOLDERS for path in Path(folder).rglob("Tinos-*.ttf")}
    missing = [face for face in _FACES if face not in files]
    if not missing:
        return []
    return [Error(f"Missing fonts: {', '.join(missing)}.", hint="Install fonts-croscore.", id="documents.E002")]
