"""Sphinx settings of the site that `make docs` builds in build/docs. Nothing is loaded from the network."""

project = "goldenthread"
author = "The goldenthread authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
html_theme = "furo"
html_title = "goldenthread"
html_theme_options = {"footer_icons": []}
html_copy_source = False
myst_heading_anchors = 3
